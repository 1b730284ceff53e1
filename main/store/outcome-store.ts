import { z } from 'zod'
import type { Landings } from '#main/engine/ports.ts'
import {
  fingerprintSchema,
  pendingLandingSchema,
  uploadPointSchema,
} from '#shared/model/transfer.ts'
import { checksumsFromBlob, checksumsToBlob, hashFromBlob, hashToBlob } from './blobs.ts'
import type { CallTally } from './call-tally.ts'
import { prepareSaveReceiptedCopy } from './copy-store.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './late-statements.ts'
import { jsonText, readRow } from './row-schemas.ts'
import { prepareKeyOf } from './transfer-keys.ts'
import { SET_STATE, stateColumns } from './transfer-row.ts'

type OutcomeMethods = Omit<Landings, 'ownTokens'>

const landingSchema = pendingLandingSchema.extend({
  point: jsonText(uploadPointSchema),
  fingerprint: jsonText(fingerprintSchema),
  checksums: z.unknown().transform(checksumsFromBlob),
  contentHash: z.unknown().transform(hashFromBlob),
  tokensBefore: jsonText(z.array(z.string())),
  asked: jsonText(pendingLandingSchema.shape.asked.unwrap()).nullable(),
})

/** The last step of a transfer: the call whose answer may get lost, and the receipt. */
export function createOutcomeMethods(database: Database, calls: CallTally): OutcomeMethods {
  return {
    ...createLandingMethods(database),
    complete: prepareComplete(database, calls),
  }
}

function createLandingMethods(database: Database) {
  const keyOf = prepareKeyOf(database)
  const select = database.prepare(`
    SELECT call, point, fingerprint, checksums, content_hash AS contentHash, started_at_server_ms AS startedAtServerMs,
      tokens_before AS tokensBefore, asked
    FROM landings WHERE transfer = ?`)
  const upsert = database.prepare(`
    INSERT OR REPLACE INTO landings VALUES (:key, :call, :point, :fingerprint, :checksums,
      :startedAtServerMs, :tokensBefore, :contentHash, :asked)`)
  const remove = database.prepare('DELETE FROM landings WHERE transfer = ?')

  return {
    pendingLanding(id) {
      const row = select.get(keyOf(id))
      if (row === undefined) return undefined
      const { asked, ...landing } = readRow(landingSchema, row, `the landing of ${id}`)
      return { ...landing, ...(asked !== null && { asked }) }
    },
    openLanding(id, landing) {
      upsert.run({
        key: keyOf(id),
        call: landing.call,
        point: JSON.stringify(landing.point),
        fingerprint: JSON.stringify(landing.fingerprint),
        checksums: checksumsToBlob(landing.checksums),
        contentHash: hashToBlob(landing.contentHash),
        startedAtServerMs: landing.startedAtServerMs,
        tokensBefore: JSON.stringify(landing.tokensBefore),
        asked: landing.asked === undefined ? null : JSON.stringify(landing.asked),
      })
    },
    dropLanding(id) {
      remove.run(keyOf(id))
    },
  } satisfies Partial<Landings>
}

function prepareComplete(database: Database, calls: CallTally): Landings['complete'] {
  const keyOf = prepareKeyOf(database)
  const removeTransaction = database.prepare('DELETE FROM transactions WHERE transfer = ?')
  const removeLanding = database.prepare('DELETE FROM landings WHERE transfer = ?')
  const upsertReceipt = database.prepare(
    'INSERT OR REPLACE INTO receipts VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const saveCopy = prepareSaveReceiptedCopy(database)
  // A newer version may have been queued while this one was on its way: what ends is what went up.
  const settle = database.prepare(`
    UPDATE transfers SET ${SET_STATE}, expires_at_ms = NULL,
      size_bytes = :sizeBytes, sent_bytes = :sizeBytes, fingerprint = :fingerprint, page_url = :url,
      calls_made = calls_made + :made
    WHERE key = :key`)

  const landed = database.prepare(`
    UPDATE transfers SET expires_at_ms = NULL, size_bytes = :sizeBytes, sent_bytes = :sizeBytes,
      fingerprint = :fingerprint, page_url = :url, calls_made = calls_made + :made
    WHERE key = :key`)
  const upsertAttach = database.prepare('INSERT OR REPLACE INTO attachments VALUES (?, ?, ?)')

  return (
    id,
    { fileToken, fingerprint: version, blockSizeBytes, checksums, finishedAtMs, attach, ...proven },
  ) =>
    inTransaction(database, () => {
      const key = keyOf(id)
      removeTransaction.run(key)
      removeLanding.run(key)
      const { sizeBytes } = version
      const url = proven.url ?? null
      const made = calls.take(id)
      const fingerprint = JSON.stringify(version)
      upsertReceipt.run(
        key,
        fingerprint,
        blockSizeBytes,
        checksumsToBlob(checksums),
        hashToBlob(proven.contentHash),
        proven.version ?? null,
        proven.proof,
        proven.landedAtServerMs ?? null,
      )
      if (attach === undefined) {
        const state = stateColumns({ kind: 'done', fileToken, finishedAtMs })
        settle.run({ ...state, sizeBytes, fingerprint, url, made, key })
        saveCopy(key)
      } else {
        upsertAttach.run(key, JSON.stringify(attach), fileToken)
        landed.run({ sizeBytes, fingerprint, url, made, key })
      }
    })
}
