/**
 * A person's tokens, sealed in a file of their own: they are replaced every two hours, by whichever
 * process needs them, and that must neither wait for nor endanger the settings.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { makePrivateFolder } from '#main/lib/private-files.ts'
import { writeWhole } from '#main/lib/write-whole.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { UserTokens } from '#shared/model/account.ts'
import { prepareHome } from './home.ts'
import type { SecretBox } from './secret-box.ts'
import { errorFromSqlite, mappingErrors } from './store-errors.ts'
import { whileLockedLong } from './while-locked.ts'

const FOLDER = 'accounts'

const fileSchema = z.object({ version: z.literal(1), identity: z.string(), sealed: z.string() })

const tokensSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).exactOptional(),
  lifeMs: z.number().positive(),
  askedAtMs: z.number(),
  clockOffsetMs: z.number(),
  scopes: z.array(z.string()).readonly(),
  issuer: z.enum(['v2', 'v3']).exactOptional(),
}) satisfies z.ZodType<UserTokens>

export interface OpenVault {
  /** Undefined when the account has signed out. @throws TransferError `sign-in-damaged`, `secret-elsewhere` */
  read(): Promise<UserTokens | undefined>
  /** Sealed, written aside, flushed, renamed: on disk when it resolves. */
  write(tokens: UserTokens): Promise<void>
  /** Runs `work` while no other process does so for this account; a killed one no longer counts. */
  exclusively<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>
  forget(): void
}

/** The tokens of one account of a home. No file is made before there are any. */
export function openTokenVault(home: string, identity: string, box: SecretBox): OpenVault {
  const folder = join(home, FOLDER)
  // An identity holds signs that no file name may have.
  const name = createHash('sha256').update(identity).digest('hex').slice(0, 16)
  const file = join(folder, `${name}.json`)
  const lock = join(folder, `${name}.lock`)
  const prepare = () => {
    prepareHome(home)
    makePrivateFolder(folder)
  }
  return {
    async read() {
      const sealed = mappingErrors(file, () => readSealed(file, identity))
      if (sealed === undefined) return undefined
      const text = await box.open(sealed)
      return parsed(file, text, tokensSchema)
    },
    async write(tokens) {
      const sealed = await box.seal(JSON.stringify(tokens))
      mappingErrors(file, () => {
        prepare()
        writeWhole(file, `${JSON.stringify({ version: 1, identity, sealed })}\n`)
      })
    },
    async exclusively(work, signal) {
      mappingErrors(lock, prepare)
      let begun = false
      try {
        return await whileLockedLong(
          lock,
          () => {
            begun = true
            return work()
          },
          signal,
        )
      } catch (error) {
        if (begun || signal.aborted) throw error
        throw errorFromSqlite(error, lock)
      }
    },
    forget() {
      mappingErrors(file, () => rmSync(file, { force: true }))
    },
  }
}

function readSealed(file: string, identity: string): string | undefined {
  if (!existsSync(file)) return undefined
  const found = parsed(file, readFileSync(file, 'utf8'), fileSchema)
  return found.identity === identity ? found.sealed : undefined
}

function parsed<S extends z.ZodType>(file: string, text: string, schema: S): z.output<S> {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    // The content of the file stays out of the error.
    throw new TransferError('sign-in-damaged', { detail: file })
  }
}
