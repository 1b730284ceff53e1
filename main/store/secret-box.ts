import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '#main/lib/write-whole.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { prepareHome } from './home.ts'
import { mappingErrors } from './store-errors.ts'
import { whileLocked } from './while-locked.ts'

/** Keeps a secret unreadable on disk. The desktop has the system's keychain for it. */
export interface SecretBox {
  seal(secret: string): Promise<string>
  /**
   * @param renew takes the secret as it is sealed now, when a better key is there than at the time
   * @throws TransferError `sign-in-damaged` when it was not sealed here
   */
  open(sealed: string, renew?: (sealed: string) => void): Promise<string>
}

/** The name of the box that sealed a secret, written in front of it. */
type BoxName = 'keychain' | 'key-file'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The boxes of the desktop: what `feidi` on the command line has sealed can be opened as well. */
export function desktopBox(home: string, keychain: SecretBox): SecretBox {
  return namedBox('keychain', { keychain, 'key-file': keyFile(home) })
}

/**
 * Seals with a key in a file of the home that only its owner may read. That keeps secrets out of
 * copies, exports and screenshots of the settings; who can read the home as its owner has both.
 */
export function keyFileBox(home: string): SecretBox {
  return namedBox('key-file', { 'key-file': keyFile(home) })
}

/** Seals with the box of this name and opens with whichever has sealed. */
function namedBox(name: BoxName, boxes: Readonly<Partial<Record<BoxName, SecretBox>>>): SecretBox {
  return {
    async seal(secret) {
      const sealed = await boxes[name]?.seal(secret)
      return `${name}:${sealed}`
    },
    async open(sealed, renew) {
      const [, by = '', text = ''] = /^(keychain|key-file):(.*)$/s.exec(sealed) ?? []
      const box = boxes[by as BoxName]
      if (box === undefined) throw new TransferError('secret-elsewhere')
      return box.open(text, (better) => renew?.(`${by}:${better}`))
    },
  }
}

function keyFile(home: string): SecretBox {
  const file = join(home, 'secret.key')
  return {
    async seal(secret) {
      const nonce = randomBytes(NONCE_BYTES)
      const key = mappingErrors(file, () => {
        if (!hasKey(file)) makeKey(home, file)
        return readKey(file)
      })
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = [nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return Buffer.concat(sealed).toString('base64')
    },
    async open(sealed) {
      try {
        const bytes = Buffer.from(sealed, 'base64')
        const nonce = bytes.subarray(0, NONCE_BYTES)
        const decipher = createDecipheriv('aes-256-gcm', readKey(file), nonce)
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
        const body = bytes.subarray(NONCE_BYTES, -TAG_BYTES)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch (cause) {
        if (cause instanceof TransferError) throw cause
        throw new TransferError('sign-in-damaged', { detail: `${file}: not the key`, cause })
      }
    },
  }
}

/** An empty file is what a power cut leaves of one that was just being made: nothing is sealed with it. */
function hasKey(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0
}

/** Whole, and once: what another process has sealed meanwhile must not lose its key. */
function makeKey(home: string, file: string): void {
  prepareHome(home)
  whileLocked(join(home, 'settings.lock'), () => {
    if (!hasKey(file)) writeWhole(file, randomBytes(KEY_BYTES))
  })
}

function readKey(file: string): Buffer {
  chmodSync(file, 0o600)
  const key = readFileSync(file)
  if (key.length === KEY_BYTES) return key
  throw new TransferError('sign-in-damaged', { detail: `${file}: ${key.length} bytes` })
}
