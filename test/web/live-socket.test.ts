import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { Access } from '#main/web/access.ts'
import { sessionCookie } from '#main/web/cookie.ts'
import { serveLive } from '#main/web/live-socket.ts'
import { Sessions } from '#main/web/sessions.ts'

const BEAT_MS = 30_000

it('a page that does not answer any more is let go, and one that does is kept', async (test) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const home = await mkdtemp(join(tmpdir(), 'feidi-live-'))
  test.onTestFinished(() => rm(home, { recursive: true, force: true }))
  const mine = { password: undefined, nowMs: Date.now }
  const sessions = new Sessions({ home, ...mine })
  const access = new Access({ host: '127.0.0.1', ...mine, sessions })
  const session = sessions.begin('')
  let followers = 0
  const host = {
    subscribe: () => {
      followers++
      return () => void followers--
    },
  }
  const live = serveLive(server, host, access, () => port)
  test.onTestFinished(() => {
    live.close()
    server.close()
    vi.useRealTimers()
  })
  const page = (autoPong: boolean) => {
    const origin = `http://127.0.0.1:${port}`
    const headers = { origin, cookie: sessionCookie(port, session, false) }
    return new WebSocket(`ws://127.0.0.1:${port}/live`, { headers, autoPong })
  }
  const asleep = page(false)
  const awake = page(true)
  await Promise.all([once(asleep, 'open'), once(awake, 'open')])
  expect(followers).toBe(2)
  const beat = async () => {
    const pinged = once(awake, 'ping')
    vi.advanceTimersByTime(BEAT_MS)
    await pinged
    // The server answers in order: it has seen the answer to its own ping by now.
    awake.ping()
    await once(awake, 'pong')
  }
  const gone = once(asleep, 'close')
  await beat()
  await beat()
  await gone
  await beat()
  expect(awake.readyState).toBe(WebSocket.OPEN)
  expect(followers).toBe(1)
})
