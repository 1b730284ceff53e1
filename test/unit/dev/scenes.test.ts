import { afterEach, describe, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { findScene, SCENES } from '#main/dev/run/scenes.ts'
import { openStage, type Stage } from '#main/dev/run/stage.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import { openWebHost } from '#main/web/open-web-host.ts'
import { type Followed, follow } from '#shared/contract/apply-patch.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import { CATALOGUE } from '#shared/errors/catalogue.ts'

const ROWS = 2_000

/** The live state that a page must see before a scene counts as shown. */
const SHOWN: Readonly<Record<string, (live: LiveState) => boolean>> = {
  work: ({ engine, rules }) => engine.kind === 'working' && Object.keys(rules.standings).length > 0,
  'first-run': ({ engine }) => engine.kind === 'no-account',
  empty: ({ engine, counts }) => engine.kind === 'idle' && counts.byTab.all === 0,
  'long-queue': ({ counts }) => counts.byTab.all === ROWS,
  failures: ({ counts }) => counts.byState.failed === CATALOGUE.size,
  quota: ({ waiting }) => waiting?.reason === 'quota',
  offline: ({ waiting }) => waiting?.reason === 'network',
  'signed-out': ({ counts }) => counts.byState.blocked > 0,
  'home-restored': ({ engine }) => engine.error?.code === 'home-restored',
  uncertain: ({ counts }) => counts.byState.failed === 2,
  'folder-gone': ({ rules }) =>
    Object.values(rules.standings).some(({ state }) => state.kind === 'root-missing'),
}

describe('npm run dev -- --scene', () => {
  afterEach(() => void vi.unstubAllEnvs())

  it.each(SCENES.map(({ name }) => name))('%s', async (name) => {
    const scene = findScene(name)
    if (scene === undefined) throw new Error(name)
    const stage = await openStage(scene, ROWS)
    onTestFinished(() => stage.close())
    await seen(stage, SHOWN[name] ?? (() => false))
  })
})

/** Resolves as soon as a page of the stage's host would show this. */
async function seen(stage: Stage, isShown: (live: LiveState) => boolean): Promise<void> {
  for (const [key, value] of Object.entries(stage.env)) vi.stubEnv(key, value)
  const host = await openWebHost({
    ...{ home: stage.home, version: 'dev', address: '127.0.0.1', port: 0, password: undefined },
    ...{ allow: [stage.folder], credentials: undefined, systemLanguage: 'en', onFault: () => {} },
    given: { baseUrl: stage.simulator.baseUrl },
    log: openLog(stage.home),
  })
  onTestFinished(() => host.close(0))
  const { origin, searchParams } = new URL(host.newLink().url)
  const { headers } = await fetch(`${origin}/enter`, {
    ...{ method: 'POST', headers: { origin }, redirect: 'manual' },
    body: new URLSearchParams({ token: searchParams.get('token') ?? '' }),
  })
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/live`, {
    origin: `http://127.0.0.1:${host.port}`,
    headers: { cookie: headers.get('set-cookie') ?? '' },
  })
  onTestFinished(() => socket.close())
  await new Promise<void>((resolve, reject) => {
    let followed: Followed | undefined
    socket.on('message', (text) => {
      followed = follow(followed, JSON.parse(String(text)))
      if (followed !== undefined && isShown(followed.state)) resolve()
    })
    socket.on('error', reject)
  })
}
