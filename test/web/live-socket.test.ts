import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { Access } from '#main/web/access.ts'
import { sessionCookie } from '#main/web/cookie.ts'
import { serveLive } from '#main/web/live-socket.ts'

it('a page that does not answer any more is let go, and one that does is kept', async (test) => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const access = new Access({ host: '127.0.0.1', password: undefined })
  const session = access.enterByToken(access.newToken()) ?? ''
  let followers = 0
  const host = {
    subscribe: () => {
      followers++
      return () => void followers--
    },
  }
  const live = serveLive(server, host, access, () => port, 50)
  test.onTestFinished(() => {
    live.close()
    server.close()
  })
  const page = (autoPong: boolean) => {
    const origin = `http://127.0.0.1:${port}`
    const headers = { origin, cookie: sessionCookie(port, session) }
    return new WebSocket(`ws://127.0.0.1:${port}/live`, { headers, autoPong })
  }
  const asleep = page(false)
  const awake = page(true)
  await Promise.all([once(asleep, 'open'), once(awake, 'open')])
  expect(followers).toBe(2)
  await once(asleep, 'close')
  await once(awake, 'ping')
  await once(awake, 'ping')
  expect(awake.readyState).toBe(WebSocket.OPEN)
  expect(followers).toBe(1)
})
