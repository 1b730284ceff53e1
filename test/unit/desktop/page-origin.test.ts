import { expect, it } from 'vitest'
import { APP_ORIGIN, isOurPage, isStartPage, pageOrigin } from '#main/desktop/app-protocol.ts'
import type { Sender } from '#main/desktop/handle-ipc.ts'

const DEV = 'http://localhost:5173'

it('is the dev server while Feidi is being developed, and only on this machine', () => {
  expect(pageOrigin(false, `${DEV}/`)).toBe(DEV)
  expect(pageOrigin(false, undefined)).toBe(APP_ORIGIN)
  for (const elsewhere of ['http://192.168.1.9:5173', 'https://example.com', 'file:///tmp', 'x']) {
    expect(pageOrigin(false, elsewhere)).toBe(APP_ORIGIN)
  }
})

it('is never the dev server in a packaged app', () => {
  expect(pageOrigin(true, `${DEV}/`)).toBe(APP_ORIGIN)
})

it('decides alone which page may reload itself and ask the host', () => {
  const sender = (url: string) => ({ senderFrame: { url, parent: null } }) as Sender
  for (const [ours, other] of [
    [DEV, APP_ORIGIN],
    [APP_ORIGIN, DEV],
  ] as const) {
    expect(isStartPage(`${ours}/`, ours)).toBe(true)
    expect(isStartPage(`${other}/`, ours)).toBe(false)
    expect(isOurPage(sender(`${ours}/`), ours)).toBe(true)
    expect(isOurPage(sender(`${other}/`), ours)).toBe(false)
  }
})
