/** The pages from Vite, which replaces what changes, in front of a web host that starts again on changes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createServer, type Plugin, type ProxyOptions, type UserConfig } from 'vite'
import config from '../../../electron.vite.config.ts'
import type { Stage } from './stage.ts'

const { root = '', plugins = [] } = (config as { renderer: UserConfig }).renderer

const HOST_PROGRAM = fileURLToPath(new URL('./child-host.ts', import.meta.url))
const LOOPBACK = '127.0.0.1'
/** The next free one where it is taken. */
const PORT = 5250
const KEY_BYTES = 24

/** The paths that pages ask the host for. */
const HOST_PATHS = ['/api', '/live', '/upload', '/thumbnail', '/picture']

/** Serves the stage to browsers until `signal` aborts; prints the link that lets one in. */
export async function serveWithReload(
  stage: Stage,
  signal: AbortSignal,
  inspect: boolean,
): Promise<void> {
  const port = await freePort()
  const host = new ReloadedHost(stage, port, inspect)
  const key = randomBytes(KEY_BYTES).toString('base64url')
  const listeners = process.listeners('SIGTERM')
  const server = await createServer({
    root,
    plugins: [...plugins, entrance(key)],
    configFile: false,
    clearScreen: false,
    logLevel: 'warn',
    server: {
      host: LOOPBACK,
      port: PORT,
      fs: { allow: ['.'] },
      proxy: Object.fromEntries(HOST_PATHS.map((path) => [path, toHost(port, key, host)])),
    },
  })
  // Vite would end the process on the spot, with the host and the stage left behind.
  for (const each of process.listeners('SIGTERM')) {
    if (!listeners.includes(each)) process.off('SIGTERM', each)
  }
  try {
    await server.listen()
    await host.started
    process.stdout.write(`
  Feidi      ${server.resolvedUrls?.local[0]}?key=${key}
  Feishu     ${stage.simulator.baseUrl} (simulated)
  Folder     ${stage.links.folderLink}
  Files      ${stage.folder}
  Home       ${stage.home}
  Log        ${stage.home}/logs/feidi.log
  Scene      ${stage.scene}, others: npm run dev -- --scene
  Ctrl+C ends it and throws all of this away.
`)
    if (!signal.aborted) await once(signal, 'abort')
  } finally {
    await server.close()
    await host.close()
  }
}

/** Lets in who has the printed link, by a cookie; the pages themselves are no secret. */
function entrance(key: string): Plugin {
  return {
    name: 'entrance',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        if (request.url !== `/?key=${key}`) return next()
        const cookie = `${cookieOf(key)}; Path=/; HttpOnly; SameSite=Strict`
        response.writeHead(302, { location: '/', 'set-cookie': cookie }).end()
      })
    },
  }
}

const cookieOf = (key: string) => `feidi_dev=${key}`

/** Passes requests on in the session that the host gave us: it has a new one after each restart. */
function toHost(port: number, key: string, host: ReloadedHost): ProxyOptions {
  const mayPass = (cookies = '') => cookies.split('; ').includes(cookieOf(key))
  return {
    target: `http://${LOOPBACK}:${port}`,
    ws: true,
    configure(proxy) {
      proxy.on('proxyReq', (request, { headers }) => {
        request.setHeader('cookie', mayPass(headers.cookie) ? host.session : '')
      })
      proxy.on('proxyReqWs', (request, { headers }) => {
        request.setHeader('cookie', mayPass(headers.cookie) ? host.session : '')
      })
    },
  }
}

/** The web host in a process that Node starts again when one of its sources changes. */
class ReloadedHost {
  /** Resolves when it runs for the first time. */
  readonly started: Promise<void>
  readonly #child: ChildProcess
  #session = ''

  constructor({ env, folder }: Stage, port: number, inspect: boolean) {
    const watching = ['--watch', '--watch-preserve-output', ...(inspect ? ['--inspect'] : [])]
    const args = [...watching, HOST_PROGRAM, String(port), folder]
    this.#child = spawn(process.execPath, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.started = new Promise((resolve) => this.#follow(resolve))
  }

  /** The cookie of the host that runs now. */
  get session(): string {
    return this.#session
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return
    const exit = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await exit
  }

  /** Enters by each link the host prints; all else it says is shown. */
  #follow(onStart: () => void): void {
    const { stdout } = this.#child
    if (stdout === null) throw new Error('the host has no output')
    createInterface({ input: stdout }).on('line', async (line) => {
      if (!line.startsWith('http://')) return void process.stdout.write(`${line}\n`)
      const { origin, searchParams } = new URL(line)
      const body = new URLSearchParams({ token: searchParams.get('token') ?? '' })
      const form = { method: 'POST', headers: { origin }, body, redirect: 'manual' } as const
      const { headers } = await fetch(`${origin}/enter`, form)
      this.#session = headers.get('set-cookie')?.split(';')[0] ?? ''
      onStart()
    })
  }
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, LOOPBACK)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
