/**
 * The private way to a running host, for `feidi link`: a Unix socket in the home, or a named pipe. Only
 * the owner of the home can read the file that names it, and the key in it.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '#main/lib/write-whole.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { OneTimeLink } from './access.ts'

const KEY_BYTES = 32
/** A key and a line end fit. */
const MOST_HEARD_BYTES = 256
const ANSWER_WITHIN_MS = 5_000
/** sun_path of macOS, the shorter one (unix(4)). */
const LONGEST_SOCKET_PATH = 103

const doorSchema = z.object({ path: z.string(), key: z.string() })
const linkSchema = z.object({ url: z.string(), expiresAtMs: z.number() })

export interface LinkDoor {
  close(): Promise<void>
}

/**
 * Hands out links to those who can read the home. Undefined where the home's path is too long for a socket.
 */
export async function openLinkDoor(
  home: string,
  newLink: () => OneTimeLink,
): Promise<LinkDoor | undefined> {
  const path = socketPath(home)
  if (process.platform !== 'win32' && Buffer.byteLength(path) > LONGEST_SOCKET_PATH) return
  const key = randomBytes(KEY_BYTES).toString('base64url')
  const server = createServer((socket) => answer(socket, key, newLink))
  // The home is ours: a socket that lies there is one of a process that was killed.
  rmSync(path, { force: true })
  server.listen(path)
  await once(server, 'listening')
  // The home is closed to others already; Windows has no modes.
  if (process.platform !== 'win32') chmodSync(path, 0o600)
  writeWhole(doorFile(home), JSON.stringify({ path, key }))
  return {
    async close() {
      rmSync(doorFile(home), { force: true })
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/**
 * Asks the host that runs in a home for a link.
 * @throws TransferError `no-web-host`
 */
export async function askForLink(home: string): Promise<OneTimeLink> {
  try {
    const { path, key } = doorSchema.parse(JSON.parse(readFileSync(doorFile(home), 'utf8')))
    const socket = connect(path)
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error('no answer')))
    socket.write(`${key}\n`)
    let heard = ''
    for await (const chunk of socket) heard += String(chunk)
    return linkSchema.parse(JSON.parse(heard))
  } catch (error) {
    throw new TransferError('no-web-host', { cause: error })
  }
}

function answer(socket: Socket, key: string, newLink: () => OneTimeLink): void {
  let heard = ''
  socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy())
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    heard += String(chunk)
    if (heard.length > MOST_HEARD_BYTES) socket.destroy()
    else if (heard.endsWith('\n')) {
      // Anyone may open a pipe of Windows to read it, so nothing is told before the key is.
      if (isSame(heard.trimEnd(), key)) socket.end(JSON.stringify(newLink()))
      else socket.destroy()
    }
  })
}

function isSame(given: string, key: string): boolean {
  const [ours, theirs] = [Buffer.from(key), Buffer.from(given)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}

function doorFile(home: string): string {
  return join(home, 'web-link.json')
}

/** On Windows a name that no other process can take before us. */
function socketPath(home: string): string {
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\feidi-${randomBytes(KEY_BYTES).toString('hex')}`
    : join(home, 'web-link.sock')
}
