/** The web host in this process, with the real engine behind it and a simulator behind that. */
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { TestContext } from 'vitest'
import { WebSocket } from 'ws'
import { openLog } from '#main/lib/log/open-log.ts'
import { openWebHost, type WebHost, type WebHostOptions } from '#main/web/open-web-host.ts'
import { type Followed, follow } from '#shared/contract/apply-patch.ts'
import type {
  Answer,
  RequestChannel,
  RequestInput,
  RequestOutput,
} from '#shared/contract/contract.ts'
import type { LiveEvent, LiveState } from '#shared/contract/live-state.ts'
import { isGroup } from '#shared/contract/queue-line.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { rememberSlowLine } from '#test/kit/feidi/home.ts'
import { randomBytesOf } from '#test/kit/feidi/random-bytes.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '#test/simulator/simulator.ts'

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

interface RawRequest {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** A page that is signed in. */
export interface Page {
  readonly headers: Readonly<Record<string, string>>
  /** Asks, and answers with the value or throws the error's code. */
  ask<C extends RequestChannel>(channel: C, input: RequestInput<C>): Promise<RequestOutput<C>>
  post(channel: string, body: unknown): Promise<{ status: number; answer: Answer<unknown> }>
  rows(): Promise<TransferRow[]>
  follow(): Promise<Follower>
}

interface Follower {
  readonly events: readonly LiveEvent[]
  readonly socket: WebSocket
  /** The live state when it first fits, now or later. */
  until(fits: (state: LiveState) => boolean): Promise<LiveState>
}

export interface WebScene {
  readonly simulator: Simulator
  readonly folderToken: string
  readonly to: string
  readonly folder: string
  readonly home: string
  readonly web: WebHost
  readonly base: string
  /** The faults that the host calls its own; a test fails when there is one. */
  readonly faults: readonly unknown[]
  raw(request: RawRequest): Promise<Reply>
  signIn(): Promise<Page>
  write(name: string, sizeBytes: number): Promise<{ path: string; name: string; bytes: Buffer }>
  /**
   * Stops the host and starts another on the same home, after something was done to that.
   * @param changed options of the new one
   */
  restart(meanwhile?: () => unknown, changed?: Partial<WebHostOptions>): Promise<Page>
}

export interface SceneOptions extends SimulatorOptions {
  readonly alwaysInParts?: boolean
  readonly web?: Partial<WebHostOptions>
}

export async function openWebScene(
  test: TestContext,
  options: SceneOptions = {},
): Promise<WebScene> {
  const root = await mkdtemp(join(tmpdir(), 'feidi-web-'))
  test.onTestFinished(() => rm(root, { recursive: true, force: true }))
  const simulator = await startSimulator({ rate: 'off', ...options })
  test.onTestFinished(() => simulator.close())
  const folderToken = simulator.createFolder('', 'Inbox')
  const folder = join(root, 'files')
  const home = join(root, 'home')
  await mkdir(folder)
  if (options.alwaysInParts) rememberSlowLine(home, 1)
  const faults: unknown[] = []
  const webOptions: WebHostOptions = {
    home,
    version: '0.0.0-test',
    address: '127.0.0.1',
    port: 0,
    password: undefined,
    allow: [folder],
    credentials: { kind: 'app', appId: 'cli_demo', appSecret: 'demo-secret' },
    systemLanguage: 'en',
    given: { baseUrl: simulator.baseUrl },
    log: openLog(home),
    onFault: (what, error) => faults.push([what, error]),
    ...options.web,
  }
  let web = await openWebHost(webOptions)
  test.onTestFinished(async () => {
    await web.close(0)
    if (faults.length > 0) throw new AggregateError(faults.flat(), 'faults of the host')
  })
  const scene: WebScene = {
    simulator,
    folderToken,
    to: `folder:${folderToken}`,
    folder,
    home,
    faults,
    get web() {
      return web
    },
    get base() {
      return `http://127.0.0.1:${web.port}`
    },
    raw: (request) => send(web.port, request),
    signIn: () => signIn(scene),
    async write(name, sizeBytes) {
      const path = join(folder, name)
      const bytes = randomBytesOf(name, sizeBytes)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, bytes)
      return { path, name: basename(path), bytes }
    },
    async restart(meanwhile = () => {}, changed = {}) {
      await web.close(0)
      await meanwhile()
      web = await openWebHost({ ...webOptions, ...changed })
      return signIn(scene)
    },
  }
  return scene
}

/** Headers as given, without a browser's or a client's own ideas. */
function send(
  port: number,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const host = { host: `127.0.0.1:${port}` }
  const request = httpRequest(
    { host: '127.0.0.1', port, method, path, headers: { ...host, ...headers }, agent: false },
    (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      })
    },
  )
  request.on('error', reject)
  request.end(body)
  return promise
}

/** Sends the form that a link shows. */
export function enter(
  { raw, base }: Pick<WebScene, 'raw' | 'base'>,
  link: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const token = new URL(link).searchParams.get('token') ?? ''
  const type = 'application/x-www-form-urlencoded'
  return raw({
    method: 'POST',
    path: '/enter',
    headers: { origin: base, 'content-type': type, ...headers },
    body: new URLSearchParams({ token }).toString(),
  })
}

/** The cookie that a reply sets, as a browser sends it back; empty when there is none. */
export function cookieOf({ headers }: Reply): string {
  const [cookie = ''] = [headers['set-cookie'] ?? []].flat()
  return cookie.split(';')[0] ?? ''
}

async function signIn(scene: WebScene): Promise<Page> {
  const { base, web } = scene
  const reply = await enter(scene, web.newLink().url)
  const headers = {
    origin: base,
    cookie: cookieOf(reply),
    'content-type': 'application/json',
  }
  const page: Page = {
    headers,
    async post(channel, body) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const request = { method: 'POST', path: `/api/${channel}`, headers, body: text }
      const answer = await scene.raw(request)
      return { status: answer.status, answer: JSON.parse(answer.text) as Answer<unknown> }
    },
    async ask(channel, input) {
      const { answer } = await page.post(channel, input)
      if (!answer.ok)
        throw new Error(`${channel}: ${answer.error.code} ${answer.error.detail ?? ''}`)
      const whole = isPartOfAdding(answer.value) ? await allOf(answer.value, page) : answer.value
      return whole as never
    },
    async rows() {
      const sort = { by: 'added', direction: 'ascending' } as const
      const window = { tab: 'all', search: '', sort, offset: 0, limit: 500 } as const
      const { rows } = await page.ask('queue.window', window)
      return rows.flatMap((line) => (isGroup(line) ? [] : [line]))
    },
    follow: () => followLive(base, headers),
  }
  return page
}

/** A host that is busy answers `queue.add` before it has read the files, and tells the rest as live state. */
function isPartOfAdding(value: unknown): value is RequestOutput<'queue.add'> {
  return typeof value === 'object' && value !== null && 'complete' in value && 'batchId' in value
}

async function allOf(part: RequestOutput<'queue.add'>, page: Page) {
  if (part.complete) return part
  const live = await page.follow()
  const isOurs = ({ batchId }: { batchId: string }) => batchId === part.batchId
  const { added } = await live.until((state) => state.added.some(isOurs))
  live.socket.close()
  return { ...part, ...added.find(isOurs), complete: true }
}

async function followLive(base: string, headers: Page['headers']): Promise<Follower> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/live`, { headers })
  const events: LiveEvent[] = []
  const waiting = new Set<(state: LiveState) => void>()
  let followed: Followed | undefined
  socket.on('message', (data) => {
    const event = JSON.parse(String(data)) as LiveEvent
    const next = follow(followed, event)
    if (next === undefined) throw new Error(`event ${event.seq} after ${followed?.seq}`)
    followed = next
    events.push(event)
    for (const check of waiting) check(next.state)
  })
  await once(socket, 'message')
  return {
    events,
    socket,
    until(fits) {
      const { promise, resolve } = Promise.withResolvers<LiveState>()
      const check = (state: LiveState) => {
        if (!fits(state)) return
        waiting.delete(check)
        resolve(state)
      }
      waiting.add(check)
      if (followed !== undefined) check(followed.state)
      return promise
    },
  }
}
