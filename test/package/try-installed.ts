/**
 * `node test/package/try-installed.ts PROGRAM [ARGUMENT…]`: starts an installed Feidi in front of a simulated
 * Feishu, uploads a file with its page, and ends it. An installed Feidi takes no `--inspect`; its page is
 * reached as in any Chromium. Ends with 1 when a step fails.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startSimulator } from '#test/simulator/simulator.ts'

const LONGEST_MS = 90_000
const LOOK_EVERY_MS = 250
const FILE_BYTES = 5_000_000

type Page = Awaited<ReturnType<typeof openPage>>

interface Target {
  readonly type: string
  readonly webSocketDebuggerUrl: string
}

async function tryInstalled(program: string, args: readonly string[]): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'feidi-installed-'))
  const simulator = await startSimulator({ rate: 'off' })
  const port = await freePort()
  const app = spawn(
    program,
    [...args, `--remote-debugging-port=${port}`, '--remote-allow-origins=*'],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        FEIDI_HOME: join(root, 'home'),
        FEIDI_BASE_URL: simulator.baseUrl,
      },
    },
  )
  const exited = once(app, 'exit')
  let page: Page | undefined
  try {
    const failed = once(app, 'error').then(([error]) => Promise.reject(error))
    page = await Promise.race([openPage(port), failed, exited.then(refuseEnd)])
    say(await page.evaluate('navigator.userAgent'))
    await page.request('accounts.add-app', {
      appId: 'cli_demo',
      appSecret: 'demo-secret',
      brand: 'feishu',
    })
    const bytes = randomBytes(FILE_BYTES)
    const path = join(root, '合同.bin')
    await writeFile(path, bytes)
    await page.request('queue.add', {
      paths: [path],
      uploads: [],
      destination: `folder:${simulator.createFolder('', 'Inbox')}`,
      again: false,
    })
    const { token } = await until('the file is in Feishu', () =>
      simulator.files().find(({ name }) => name === basename(path)),
    )
    if (!bytes.equals(await simulator.bytesOf(token))) throw new Error('the bytes differ')
    say('uploaded one file')
    await end(app, exited)
  } finally {
    page?.close()
    app.kill('SIGKILL')
    await simulator.close()
    await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}

/** Ends the app as the system does at a shutdown. Windows has no such signal: there it is killed. */
async function end(app: ChildProcess, exited: Promise<unknown[]>): Promise<void> {
  // With what it started: the portable program only unpacks another and waits for it.
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', `${app.pid}`, '/t', '/f'])
  else app.kill('SIGTERM')
  const [code] = await exited
  if (process.platform !== 'win32' && code !== 0) throw new Error(`the app ended with ${code}`)
  say('ended')
}

/** The page of the app, by the protocol of Chromium's developer tools. */
async function openPage(port: number) {
  const url = await until('the app has a page', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined)
    const targets = ((await answer?.json()) ?? []) as Target[]
    return targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl
  })
  const socket = new WebSocket(url)
  await once(socket, 'open')
  let lastId = 0
  const evaluate = async (expression: string): Promise<string> => {
    lastId += 1
    const id = lastId
    const answered = new Promise<string>((resolve) => {
      socket.addEventListener('message', function take({ data }) {
        if (JSON.parse(String(data)).id !== id) return
        socket.removeEventListener('message', take)
        resolve(String(data))
      })
    })
    const params = { expression, awaitPromise: true, returnByValue: true }
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }))
    const { result } = JSON.parse(await answered)
    if (result?.exceptionDetails !== undefined) throw new Error(JSON.stringify(result))
    return String(result?.result?.value)
  }
  await until('the page is there', async () => (await evaluate('typeof window.feidi')) === 'object')
  return {
    evaluate,
    close: () => socket.close(),
    async request(channel: string, input: object): Promise<void> {
      const call = `window.feidi.request(${JSON.stringify(channel)}, ${JSON.stringify(input)})`
      const answer = await evaluate(`${call}.then((answer) => JSON.stringify(answer))`)
      if (JSON.parse(answer).ok !== true) throw new Error(`${channel}: ${answer}`)
    },
  }
}

async function until<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  const end = performance.now() + LONGEST_MS
  for (;;) {
    const found = await look()
    if (found) return found
    if (performance.now() > end) throw new Error(`not within ${LONGEST_MS / 1000} s: ${what}`)
    await sleep(LOOK_EVERY_MS)
  }
}

function refuseEnd([code, signal]: unknown[]): never {
  throw new Error(`the app ended with ${code ?? signal}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

const [program, ...args] = process.argv.slice(2)
if (program === undefined) throw new Error('name the program to try')
try {
  await tryInstalled(program, args)
} catch (error) {
  process.stderr.write(`✗ ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
