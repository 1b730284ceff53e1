import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { isNewer, metadataFile, parseMetadata } from '#main/app/updates/feed.ts'
import { UpdateKeeper } from '#main/app/updates/update-keeper.ts'
import { systemClock } from '#main/lib/clock.ts'

const BY_ELECTRON_BUILDER = `version: 0.10.0
files:
  - url: Feidi-0.10.0.exe
    sha512: abc==
    size: 100
path: Feidi-0.10.0.exe
sha512: abc==
releaseDate: '2026-12-01T00:00:00.000Z'
releaseNotes: |
  Folders can be paused.
  <b>No markup</b>
`

it.each([
  ['0.10.0', '0.9.9', true],
  ['1.0.0', '0.99.99', true],
  ['0.1.1', '0.1.0', true],
  ['0.1.0', '0.1.0', false],
  ['0.0.9', '0.1.0', false],
  ['0.2.0-beta.1', '0.1.0', false],
  ['9.9.9', 'nonsense', false],
])('%s after %s: %s', (version, than, expected) => expect(isNewer(version, than)).toBe(expected))

it('reads the metadata of electron-builder, and nothing that only looks like it', () => {
  expect(parseMetadata(BY_ELECTRON_BUILDER)).toEqual({
    version: '0.10.0',
    notes: 'Folders can be paused.\n<b>No markup</b>\n',
  })
  for (const text of [
    '',
    '<html></html>',
    'version: 1',
    'version: [a]',
    'a: &a [1]\nversion: *a',
  ]) {
    expect(parseMetadata(text), text).toBeUndefined()
  }
  expect(metadataFile('win32', 'x64')).toBe('latest.yml')
  expect(metadataFile('linux', 'arm64')).toBe('latest-linux-arm64.yml')
})

async function aFeed(answer: RequestListener) {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.url)
    answer(request, response)
  }).listen(0, '127.0.0.1')
  await vi.waitUntil(() => server.listening)
  onTestFinished(() => void server.close())
  return { asked, feed: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feidi/` }
}

function aKeeper(feed: string | undefined, isWanted = true) {
  const warn = vi.fn<() => void>()
  const keeper = new UpdateKeeper({
    ...{ feed, clock: systemClock },
    version: '0.1.0',
    log: { warn } as never,
    isWanted: () => isWanted,
    wayTo: async () => ({ env: {} }),
  })
  return { keeper, warn }
}

it('names a newer version, and asks the feed that was compiled in', async () => {
  const { feed, asked } = await aFeed((_request, response) => response.end(BY_ELECTRON_BUILDER))
  const { keeper } = aKeeper(feed)
  expect(keeper.view).toEqual({ newer: null, install: null })
  await keeper.look()
  expect(keeper.view).toMatchObject({ newer: { version: '0.10.0' } })
  expect(asked).toEqual([`/feidi/${metadataFile(process.platform, process.arch)}`])
})

it('asks nobody without a feed, or against the wish of the person', async () => {
  const { feed, asked } = await aFeed((_request, response) => response.end(BY_ELECTRON_BUILDER))
  await aKeeper(feed, false).keeper.look()
  const none = aKeeper(undefined).keeper
  await none.look()
  expect(none.view).toBeNull()
  expect(asked).toEqual([])
})

it.each<[string, RequestListener]>([
  ['a refusal', (_request, response) => response.writeHead(404).end()],
  ['a redirect', (_request, response) => response.writeHead(302, { location: '/x' }).end()],
  ['more than anybody reads', (_request, response) => response.end('#'.repeat(300_000))],
])('%s is noted in the log, and no news', async (_what, answer) => {
  const { keeper, warn } = aKeeper((await aFeed(answer)).feed)
  expect(await keeper.look()).toMatchObject({ code: 'update-unreachable' })
  expect(keeper.view).toEqual({ newer: null, install: null })
  expect(warn).toHaveBeenCalledOnce()
})

it('gives what was downloaded no chance against the wish of the person', async () => {
  const { feed } = await aFeed((_request, response) => response.end(BY_ELECTRON_BUILDER))
  const { keeper } = aKeeper(feed, false)
  expect(await keeper.look()).toBeNull()
  expect(keeper.view).toEqual({ newer: null, install: null })
  expect(() => keeper.installation).toThrow(expect.objectContaining({ code: 'not-available-here' }))
})
