import { connect, createServer, type Server, type Socket } from 'node:net'

export interface SocksScript {
  /** The target of every tunnel, regardless of the one requested. */
  readonly targetPort: number
  /** The only one who may pass. */
  readonly login?: { readonly user: string; readonly password: string }
  /** The reply to a request; default: granted. RFC 1928, section 6, or of version 4. */
  readonly reply?: number
  /** Hangs up instead of answering the request. */
  readonly hangsUp?: boolean
}

/** The request of a client. */
export interface SocksRequest {
  readonly version: number
  readonly target: string
  readonly user: string
}

const GRANTED: Readonly<Record<number, number>> = { 4: 0x5a, 5: 0 }
const NAME = 3

/** A SOCKS proxy of versions 4, 4a and 5 that keeps what it was asked. The caller makes it listen. */
export function socksServer(script: SocksScript): { server: Server; asked: SocksRequest[] } {
  const asked: SocksRequest[] = []
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    serve(socket, script, asked).catch(() => socket.destroy())
  })
  return { server, asked }
}

async function serve(socket: Socket, script: SocksScript, asked: SocksRequest[]): Promise<void> {
  const [version = 0] = await take(socket, 1)
  const user = version === 4 ? '' : await greet(socket, script)
  if (user === undefined) return void socket.end()
  const request = version === 4 ? await readVersion4(socket) : await readVersion5(socket)
  asked.push({ version, user, ...request })
  const { reply = GRANTED[version] ?? 0, hangsUp } = script
  if (hangsUp) return void socket.end()
  socket.write(
    Uint8Array.from(
      version === 4 ? [0, reply, 0, 0, 0, 0, 0, 0] : [5, reply, 0, 1, 0, 0, 0, 0, 0, 0],
    ),
  )
  if (reply !== GRANTED[version]) return void socket.end()
  const upstream = connect(script.targetPort, '127.0.0.1')
  upstream.on('error', () => socket.destroy()).on('close', () => socket.destroy())
  socket.on('close', () => upstream.destroy())
  socket.pipe(upstream).pipe(socket)
}

/** RFC 1928, section 3, and RFC 1929. Answers with the user; undefined: not let in. */
async function greet(socket: Socket, { login }: SocksScript): Promise<string | undefined> {
  const [count = 0] = await take(socket, 1)
  const methods = await take(socket, count)
  const wanted = login === undefined ? 0 : 2
  const isOffered = methods.includes(wanted)
  socket.write(Uint8Array.from([5, isOffered ? wanted : 0xff]))
  if (!isOffered) return undefined
  if (login === undefined) return ''
  await take(socket, 1)
  const user = (await takeCounted(socket)).toString()
  const isRight = (await takeCounted(socket)).toString() === login.password && user === login.user
  socket.write(Uint8Array.from([1, isRight ? 0 : 1]))
  return isRight ? user : undefined
}

async function readVersion5(socket: Socket): Promise<{ target: string }> {
  const [, , , type] = await take(socket, 4)
  const address =
    type === NAME ? (await takeCounted(socket)).toString() : [...(await take(socket, 4))].join('.')
  return { target: `${address}:${(await take(socket, 2)).readUInt16BE()}` }
}

/** https://www.openssh.com/txt/socks4.protocol and socks4a.protocol */
async function readVersion4(socket: Socket): Promise<{ target: string; user: string }> {
  await take(socket, 1)
  const port = (await take(socket, 2)).readUInt16BE()
  const ip = await take(socket, 4)
  const user = await takeText(socket)
  const isName = ip[0] === 0 && ip[1] === 0 && ip[2] === 0 && ip[3] !== 0
  return { target: `${isName ? await takeText(socket) : [...ip].join('.')}:${port}`, user }
}

async function takeCounted(socket: Socket): Promise<Buffer> {
  const [length = 0] = await take(socket, 1)
  return take(socket, length)
}

async function takeText(socket: Socket): Promise<string> {
  let text = ''
  for (;;) {
    const [byte = 0] = await take(socket, 1)
    if (byte === 0) return text
    text += String.fromCharCode(byte)
  }
}

/** So many bytes, as soon as they are there. */
async function take(socket: Socket, length: number): Promise<Buffer> {
  for (;;) {
    const bytes: Buffer | null = socket.read(length)
    if (bytes !== null) return bytes
    if (socket.readableEnded || socket.destroyed) throw new Error('the client is gone')
    await new Promise((resolve) => {
      socket.once('readable', resolve).once('close', resolve)
    })
  }
}
