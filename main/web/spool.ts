import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { makePrivateFolder } from '#main/lib/private-files.ts'
import { spoolFolder } from '#main/lib/spool-folder.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

const UPLOAD_ID = /^[0-9a-f-]{36}$/
const NAME_LIMIT_BYTES = 240

/** Files that browsers send, kept until they are up. Each lies in a folder of its own, under its name. */
export class Spool {
  readonly #folder: string
  readonly #mostBytes: number

  constructor(home: string, mostBytes: number) {
    this.#folder = resolve(spoolFolder(home))
    this.#mostBytes = mostBytes
  }

  /**
   * Takes a file in.
   * @throws TransferError `spool-too-large`; nothing is left of a file that did not arrive whole
   */
  async receive(body: NodeJS.ReadableStream, name: string, signal: AbortSignal): Promise<string> {
    const id = randomUUID()
    const folder = join(this.#folder, id)
    const safeName = fileNameOf(name)
    makePrivateFolder(folder)
    try {
      const file = createWriteStream(join(folder, safeName), { mode: 0o600, flags: 'wx' })
      await pipeline(body, this.#limit(), file, { signal })
      return id
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw error
    }
  }

  /** @throws TransferError `source-missing` */
  async adopt(id: string): Promise<string> {
    const folder = join(this.#folder, UPLOAD_ID.test(id) ? id : 'none')
    const [name] = await readdir(folder).catch(() => [])
    if (name === undefined) throw new TransferError('source-missing')
    return join(folder, name)
  }

  /** Checks whether a path is that of a file here, present or gone. */
  holds(path: string): boolean {
    const folder = dirname(path)
    return (
      resolve(path) === path && dirname(folder) === this.#folder && UPLOAD_ID.test(basename(folder))
    )
  }

  /** Removes a file that is uploaded, or no longer wanted. */
  async release(path: string): Promise<void> {
    if (this.holds(path)) await rm(dirname(path), { recursive: true, force: true })
  }

  /** Throws away what no transfer needs: sent by a browser and never queued, or up by now. */
  async sweep(isNeeded: (path: string) => boolean): Promise<void> {
    for (const id of await readdir(this.#folder).catch(() => [])) {
      const folder = join(this.#folder, id)
      const [name] = await readdir(folder).catch(() => [])
      if (name === undefined || !isNeeded(join(folder, name))) {
        await rm(folder, { recursive: true, force: true })
      }
    }
  }

  #limit(): Transform {
    const mostBytes = this.#mostBytes
    let bytes = 0
    return new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length
        if (bytes <= mostBytes) done(null, chunk)
        else done(new TransferError('spool-too-large', { detail: `${mostBytes} B` }))
      },
    })
  }
}

/** The last name of whatever a browser sends, harmless as a name on this machine. */
function fileNameOf(name: string): string {
  const last = basename(name.normalize('NFC').replace(/\\/g, '/'))
  const clean = [...last].filter((character) => character >= ' ' && character !== '\x7f').join('')
  if (clean === '' || clean === '.' || clean === '..') {
    throw new TransferError('name-empty')
  }
  if (Buffer.byteLength(clean) > NAME_LIMIT_BYTES) throw new TransferError('name-too-long')
  return clean
}
