import { z } from 'zod'
import type { FollowOutcomes } from '#main/destination/ports.ts'
import type { FollowedCopy, FollowedFile, FollowStore } from '#main/watch/ports.ts'
import { errorInfoSchema } from '#shared/model/error-info.ts'
import {
  followStepSchema,
  followStopSchema,
  LIMIT_SPAN_MS,
  type RemotePlace,
  remotePlaceSchema,
} from '#shared/model/follow.ts'
import { hashFromBlob } from './blobs.ts'
import { namesBelow } from './copy-store.ts'
import { prepareForgetIndexed } from './forget-index.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './late-statements.ts'
import { jsonText, readRow } from './row-schemas.ts'
import { standingOf } from './standings.ts'
import { placeColumns } from './transfer-row.ts'

/** Steps that were taken are kept for so long: the limit counts them for a day. */
const KEPT_MS = 7 * LIMIT_SPAN_MS

/** Stands for a time that is not known yet. */
const NOT_YET = Number.POSITIVE_INFINITY

const recordSchema = z.object({
  sinceMs: z.number(),
  pins: jsonText(z.record(z.string(), z.string())),
  stop: jsonText(followStopSchema).nullable(),
})

const stepSchema = followStepSchema.extend({
  dueAtMs: z.preprocess((atMs) => (atMs === NOT_YET ? null : atMs), z.number().nullable()),
  from: jsonText(remotePlaceSchema),
  to: jsonText(remotePlaceSchema).nullable(),
  error: jsonText(errorInfoSchema).nullable(),
})

const copySchema = z
  .object({
    path: z.string(),
    folders: jsonText(z.array(z.string())),
    name: z.string(),
    token: z.string(),
    identity: z.string(),
    landedAtMs: z.number(),
    hash: z.unknown().transform(hashFromBlob),
    isProven: z.number().transform(Boolean),
  })
  .transform(({ folders, name, ...rest }): FollowedCopy => ({ ...rest, place: { folders, name } }))

const fileSchema = z
  .object({
    dir: z.string(),
    name: z.string(),
    standing: z.number().transform((number) => standingOf(number) ?? 'failed'),
    hash: z.unknown().transform(hashFromBlob),
    goneAtMs: z.number().nullable(),
  })
  .transform(
    ({ dir, name, ...rest }): FollowedFile => ({
      ...rest,
      path: dir === '' ? name : `${dir}/${name}`,
    }),
  )

/** Creates the store of what rules mean to do in Feishu. */
export function createFollowStore(database: Database): FollowStore & FollowOutcomes {
  return { ...createRecords(database), ...createOutcomes(database), ...createViews(database) }
}

/** Reads what rules mean to do; also while another process owns the home. */
export function createFollowReads(
  database: Database,
): Pick<FollowStore, 'record' | 'steps' | 'pending'> {
  const selectRule = database.prepare(
    'SELECT since_ms AS sinceMs, pins, stop FROM follow_rules WHERE rule = ?',
  )
  const selectSteps = database.prepare(`
    SELECT id, kind, path, file_token AS fileToken, place AS "from", goal AS "to",
      planned_at_ms AS plannedAtMs, due_at_ms AS dueAtMs, state, ended_at_ms AS endedAtMs, error
    FROM follow_steps WHERE rule = ? ORDER BY id`)
  const countPending = database.prepare(`
    SELECT count(*) AS steps FROM follow_steps
    WHERE rule = ? AND state IN ('planned', 'calling', 'left')`)
  return {
    record(ruleId) {
      const row = selectRule.get(ruleId)
      return row && readRow(recordSchema, row, `how ${ruleId} follows`)
    },
    pending: (ruleId) => Number(countPending.get(ruleId)?.['steps']),
    steps: (ruleId) =>
      selectSteps.all(ruleId).map((row) => readRow(stepSchema, row, `a step of ${ruleId}`)),
  }
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

function createRecords(database: Database) {
  const upsert = database.prepare('INSERT OR REPLACE INTO follow_rules VALUES (?, ?, ?, ?)')
  const removeRule = database.prepare('DELETE FROM follow_rules WHERE rule = ?')
  // A call that was not answered still keeps its file from counting as vanished.
  const removeSteps = database.prepare(
    "DELETE FROM follow_steps WHERE rule = ? AND state <> 'calling'",
  )
  const removeOtherRules = database.prepare(
    'DELETE FROM follow_rules WHERE rule NOT IN (SELECT value FROM json_each(?))',
  )
  const removeOtherSteps = database.prepare(`
    DELETE FROM follow_steps WHERE rule NOT IN (SELECT value FROM json_each(?))
      AND (state <> 'calling' OR planned_at_ms < ?)`)
  const removeStep = database.prepare('DELETE FROM follow_steps WHERE id = ?')
  const prune = database.prepare('DELETE FROM follow_steps WHERE rule = ? AND ended_at_ms < ?')
  const setStop = database.prepare('UPDATE follow_rules SET stop = ? WHERE rule = ?')
  const setNow = database.prepare(`
    UPDATE follow_steps SET planned_at_ms = :nowMs WHERE rule = :rule AND planned_at_ms > :nowMs`)
  const setDue = database.prepare(
    "UPDATE follow_steps SET due_at_ms = ? WHERE rule = ? AND kind = 'trash' AND due_at_ms = ?",
  )
  const insert = database.prepare(`
    INSERT INTO follow_steps (rule, kind, path, file_token, place, goal, planned_at_ms, due_at_ms, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'planned')`)
  const insertReplacement = database.prepare(`
    INSERT INTO follow_steps (rule, kind, path, place, planned_at_ms, due_at_ms, state, ended_at_ms)
    VALUES (?, 'replace', ?, ?, ?, ?, ?, ?)`)
  const reads = createFollowReads(database)
  return {
    ...reads,
    save(ruleId, { sinceMs, pins, stop }) {
      upsert.run(ruleId, sinceMs, JSON.stringify(pins), json(stop))
    },
    stop(ruleId, stop) {
      setStop.run(json(stop), ruleId)
    },
    clockIsAt(rule, nowMs) {
      const { stop = null } = reads.record(rule) ?? {}
      inTransaction(database, () => {
        setNow.run({ rule, nowMs })
        if (stop !== null && stop.atMs > nowMs) setStop.run(json({ ...stop, atMs: nowMs }), rule)
      })
    },
    beginWaits(ruleId, dueAtMs) {
      setDue.run(dueAtMs, ruleId, NOT_YET)
    },
    addReplacement(ruleId, path, plannedAtMs, endedAtMs) {
      const place = JSON.stringify({ folders: [], name: path.slice(path.lastIndexOf('/') + 1) })
      const state = endedAtMs === null ? 'planned' : 'done'
      const { lastInsertRowid } = insertReplacement.run(
        ...[ruleId, path, place, plannedAtMs, plannedAtMs, state, endedAtMs],
      )
      return Number(lastInsertRowid)
    },
    end(ruleId) {
      inTransaction(database, () => {
        removeRule.run(ruleId)
        removeSteps.run(ruleId)
      })
    },
    keepOnly(ruleIds, nowMs) {
      const ids = JSON.stringify(ruleIds)
      inTransaction(database, () => {
        removeOtherRules.run(ids)
        removeOtherSteps.run(ids, nowMs - KEPT_MS)
      })
    },
    revise(ruleId, { drop, add, stop, nowMs }) {
      inTransaction(database, () => {
        for (const id of drop) removeStep.run(id)
        prune.run(ruleId, nowMs - KEPT_MS)
        for (const { kind, path, fileToken, from, to, plannedAtMs, dueAtMs } of add) {
          const due = dueAtMs ?? NOT_YET
          insert.run(ruleId, kind, path, fileToken, json(from), json(to), plannedAtMs, due)
        }
        setStop.run(json(stop), ruleId)
      })
    },
  } satisfies Omit<FollowStore, 'copies' | 'files' | 'note'>
}

function createOutcomes(database: Database): FollowOutcomes {
  const setState = database.prepare(
    'UPDATE follow_steps SET state = ?, ended_at_ms = ?, error = ? WHERE id = ?',
  )
  const setDone = database.prepare(
    "UPDATE follow_steps SET state = 'done', ended_at_ms = ? WHERE id = ?",
  )
  // Two rows of one file at one place say the same.
  const setPlace = database.prepare(`
    UPDATE OR REPLACE copies SET remote_folders = ?, file_name = ?, missed_at_ms = NULL,
      touched_at_ms = ?, changed_at_server_ms = ifnull(?, changed_at_server_ms)
    WHERE file_token = ? AND destination = ?`)
  const outdate = database.prepare(`
    UPDATE copies SET is_current = 0
    WHERE destination = :destination AND remote_folders = :folders AND is_current = 1
      AND file_token <> :token AND path IN (
        SELECT path FROM copies
        WHERE file_token = :token AND destination = :destination AND is_current = 1)`)
  const selectFolders = database.prepare(
    'SELECT DISTINCT remote_folders AS folders FROM copies WHERE destination = ?',
  )
  const setFolders = database.prepare(`
    UPDATE OR REPLACE copies SET remote_folders = ? WHERE destination = ? AND remote_folders = ?`)
  const setFolder = database.prepare(`
    UPDATE OR REPLACE folders SET parent_token = ?, name = ? WHERE identity = ? AND token = ?`)
  const selectPaths = database.prepare('SELECT DISTINCT path FROM copies WHERE file_token = ?')
  const removeCopies = database.prepare(
    'DELETE FROM copies WHERE file_token = ? AND destination = ?',
  )
  const selectChanged = database.prepare(
    'SELECT max(changed_at_server_ms) AS atMs FROM copies WHERE file_token = ?',
  )
  const forget = prepareForgetIndexed(database)

  return {
    note(id, state, end) {
      setState.run(state, end?.endedAtMs ?? null, json(end?.error ?? null), id)
    },
    moved({ fileToken }, destination, { folders, name }, atMs, atServerMs) {
      const place = placeColumns(destination, folders)
      inTransaction(database, () => {
        // Another copy of the same local file there is an older version from now on.
        outdate.run({
          destination: place.destination,
          folders: place.remoteFolders,
          token: fileToken,
        })
        setPlace.run(
          place.remoteFolders,
          name,
          atMs,
          atServerMs ?? null,
          fileToken,
          place.destination,
        )
      })
    },
    done({ id }, endedAtMs) {
      setDone.run(endedAtMs, id)
    },
    folderMoved({ id, from, to }, { destination, identity, folderToken, parentToken }, endedAtMs) {
      if (to === null) return
      const { destination: text } = placeColumns(destination, [])
      inTransaction(database, () => {
        for (const row of selectFolders.all(text)) {
          const before = String(row['folders'])
          const after = rebased(JSON.parse(before) as string[], from, to)
          if (after !== undefined) setFolders.run(JSON.stringify(after), text, before)
        }
        setFolder.run(parentToken, to.name, identity, folderToken)
        setDone.run(endedAtMs, id)
      })
    },
    trashed({ id, fileToken }, destination, endedAtMs) {
      const { destination: text } = placeColumns(destination, [])
      inTransaction(database, () => {
        for (const row of selectPaths.all(fileToken)) forget(String(row['path']), destination)
        removeCopies.run(fileToken, text)
        setDone.run(endedAtMs, id)
      })
    },
    changedAtMs(fileToken) {
      const atMs = selectChanged.get(fileToken)?.['atMs']
      return typeof atMs === 'number' ? atMs : undefined
    },
  }
}

function createViews(database: Database) {
  const selectCopies = database.prepare(`
    SELECT path, remote_folders AS folders, file_name AS name, file_token AS token, identity,
      landed_at_ms AS landedAtMs, content_hash AS hash,
      document IS NULL AND proof <> 'person' AND missed_at_ms IS NULL AS isProven
    FROM copies
    WHERE path > :below AND path < :beyond AND destination = :destination AND is_current = 1
    ORDER BY landed_at_ms, key`)
  const selectFiles = database.prepare(`
    SELECT d.path AS dir, f.name, f.standing, f.hash, f.gone_at_ms AS goneAtMs
    FROM watch_scopes s CROSS JOIN watch_dirs d ON d.scope = s.key
      CROSS JOIN watch_files f ON f.dir = d.key
    WHERE s.folder = ? AND s.destination = ?`)

  return {
    copies: (folder, destination) =>
      selectCopies
        .all({ ...namesBelow(folder), destination: placeColumns(destination, []).destination })
        .map((row) => readRow(copySchema, row, 'a copy in Feishu')),
    files: (folder, destination) =>
      selectFiles
        .all(folder, placeColumns(destination, []).destination)
        .map((row) => readRow(fileSchema, row, 'an entry of the file index')),
  } satisfies Partial<FollowStore>
}

/** Folders that led into a folder which is another one now; undefined for all others. */
function rebased(
  folders: readonly string[],
  from: RemotePlace,
  to: RemotePlace,
): string[] | undefined {
  const before = [...from.folders, from.name]
  if (!before.every((name, at) => folders[at] === name)) return undefined
  return [...to.folders, to.name, ...folders.slice(before.length)]
}
