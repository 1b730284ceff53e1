import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '#main/lib/write-whole.ts'

const SECRET_BYTES = 32
const SALT_BYTES = 16
const KEY_BYTES = 32
/** A browser that has not been seen for so long has to sign in again. */
export const IDLE_MS = 30 * 24 * 3_600_000
/** The time of the last use is written at most this often. */
const NOTE_EVERY_MS = 3_600_000
/** The one that was not used for the longest time gives way. */
const MOST_SESSIONS = 100

const sessionSchema = z.object({
  /** Names the session to a person; it grants no access. */
  id: z.string(),
  /** SHA-256 of the secret in the cookie, hex. The secret has 256 random bits, so it cannot be guessed from this. */
  digest: z.string(),
  /** The browser and system, as far as it has told. */
  label: z.string(),
  createdAtMs: z.number(),
  usedAtMs: z.number(),
})

const fileSchema = z.object({
  /** The password that the sessions were begun under (scrypt, hex); null: none. */
  password: z.object({ salt: z.string(), key: z.string() }).nullable(),
  sessions: z.array(sessionSchema),
})

export type Session = Readonly<z.output<typeof sessionSchema>>

export interface SessionsOptions {
  readonly home: string
  /** Sessions that were begun under another one are over. */
  readonly password: string | undefined
  readonly nowMs: () => number
}

/** The browsers that are signed in. They are kept in the home, so that they outlive the process. */
export class Sessions {
  readonly #file: string
  readonly #nowMs: () => number
  readonly #mark: z.output<typeof fileSchema>['password']
  readonly #enders = new Set<(id: string) => void>()
  /** By digest. */
  readonly #sessions = new Map<string, Session>()

  constructor({ home, password, nowMs }: SessionsOptions) {
    this.#file = join(home, 'web-sessions.json')
    this.#nowMs = nowMs
    const kept = readKept(this.#file)
    const isSame = kept !== undefined && fits(kept.password, password)
    this.#mark = isSame ? kept.password : markOf(password)
    for (const session of isSame ? kept.sessions : []) {
      // A clock that was ahead makes no session live longer.
      const usedAtMs = Math.min(session.usedAtMs, nowMs())
      this.#sessions.set(session.digest, { ...session, usedAtMs })
    }
  }

  /** Begins a session. Returns the secret that the browser keeps. */
  begin(label: string): string {
    const secret = randomBytes(SECRET_BYTES).toString('base64url')
    const nowMs = this.#nowMs()
    const id = randomBytes(8).toString('hex')
    const digest = digestOf(secret)
    this.#sessions.set(digest, { id, digest, label, createdAtMs: nowMs, usedAtMs: nowMs })
    for (const oldest of this.list().slice(MOST_SESSIONS)) this.#drop(oldest)
    this.#save()
    return secret
  }

  /** Returns the session of a secret, which is used by that; undefined when it is none, or over. */
  use(secret: string | undefined): Session | undefined {
    const session = secret === undefined ? undefined : this.#sessions.get(digestOf(secret))
    if (session === undefined) return undefined
    const nowMs = this.#nowMs()
    if (nowMs - session.usedAtMs > IDLE_MS) {
      this.#drop(session)
      return undefined
    }
    if (nowMs - session.usedAtMs >= NOTE_EVERY_MS) {
      this.#sessions.set(session.digest, { ...session, usedAtMs: nowMs })
      this.#save()
    }
    return session
  }

  /** All that are not over, the one used last leading. */
  list(): Session[] {
    const nowMs = this.#nowMs()
    return [...this.#sessions.values()]
      .filter(({ usedAtMs }) => nowMs - usedAtMs <= IDLE_MS)
      .sort((a, b) => b.usedAtMs - a.usedAtMs)
  }

  /** Ends sessions at once. Returns how many there were. */
  end(ids: readonly string[]): number {
    const ended = [...this.#sessions.values()].filter(({ id }) => ids.includes(id))
    for (const session of ended) this.#drop(session)
    if (ended.length > 0) this.#save()
    return ended.length
  }

  /** Hears of every session that ends. */
  onEnd(listener: (id: string) => void): void {
    this.#enders.add(listener)
  }

  #drop({ digest, id }: Session): void {
    this.#sessions.delete(digest)
    for (const hear of this.#enders) hear(id)
  }

  #save(): void {
    writeWhole(this.#file, JSON.stringify({ password: this.#mark, sessions: this.list() }))
  }
}

/** Undefined when nothing is kept, or what is kept is damaged: then browsers sign in again. */
function readKept(file: string): z.output<typeof fileSchema> | undefined {
  try {
    return fileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

function markOf(password: string | undefined) {
  if (password === undefined) return null
  const salt = randomBytes(SALT_BYTES)
  return { salt: salt.toString('hex'), key: keyOf(password, salt).toString('hex') }
}

function fits(
  mark: z.output<typeof fileSchema>['password'],
  password: string | undefined,
): boolean {
  if (mark === null || password === undefined) return mark === null && password === undefined
  const key = Buffer.from(mark.key, 'hex')
  return (
    key.length === KEY_BYTES && timingSafeEqual(key, keyOf(password, Buffer.from(mark.salt, 'hex')))
  )
}

function keyOf(password: string, salt: Buffer): Buffer {
  return scryptSync(password, salt, KEY_BYTES)
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
