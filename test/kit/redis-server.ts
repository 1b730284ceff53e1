/** A real redis-server of our own on loopback, for tests of the shared limiter. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

export interface RedisServer {
  readonly url: string
  /** Ends it without notice, as a power cut would. */
  kill(): Promise<void>
  /** Starts it again at the same address. */
  start(): Promise<void>
}

/** Returns why these tests cannot run here; undefined where they can. */
export function redisMissing(): string | undefined {
  const { error } = spawnSync('redis-server', ['--version'])
  return error === undefined ? undefined : 'redis-server is not installed'
}

/** Starts a server that keeps nothing on disk. */
export async function startRedis(password?: string): Promise<RedisServer> {
  const port = await freePort()
  let server: ChildProcess | undefined
  const start = async () => {
    // Settings come by stdin: arguments can be read by others.
    const child = spawn('redis-server', ['-'], { stdio: ['pipe', 'pipe', 'ignore'] })
    const settings = [`port ${port}`, 'bind 127.0.0.1', 'save ""', 'appendonly no']
    if (password !== undefined) settings.push(`requirepass ${password}`)
    child.stdin.end(settings.join('\n'))
    for await (const chunk of child.stdout) {
      if (String(chunk).includes('Ready to accept connections')) break
    }
    server = child
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    async kill() {
      if (server === undefined) return
      const ended = once(server, 'exit')
      server.kill('SIGKILL')
      await ended
      server = undefined
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
