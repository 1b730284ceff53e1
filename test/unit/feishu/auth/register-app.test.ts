/** Creating an app by a scan, before a simulated Feishu that answers as seen, and otherwise. */
import { expect, it, onTestFinished } from 'vitest'
import { createAppByScan } from '#main/app/accounts/registrations.ts'
import { registerApp } from '#main/feishu/auth/register-app.ts'
import { PURPOSE_NAMES, scopesOf } from '#shared/permissions/scope-groups.ts'
import { type Simulator, startSimulator } from '#test/simulator/simulator.ts'

async function openFeishu(): Promise<Simulator> {
  const simulator = await startSimulator({ rate: 'off', clock: { frozen: true } })
  onTestFinished(() => simulator.close())
  return simulator
}

interface Scan {
  readonly feishu: Simulator
  readonly lark?: Simulator
  /** Called with the link, and before each question. */
  readonly onLink?: (url: string) => void
  readonly onWait?: (waits: number) => void
}

/** Registers an app; waiting only moves the clocks. @returns the waits besides, in ms */
async function scan({ feishu, lark = feishu, onLink, onWait }: Scan) {
  const waits: number[] = []
  const links: string[] = []
  const registered = await registerApp(
    {
      baseUrls: { feishu: feishu.baseUrl, lark: lark.baseUrl },
      scopes: ['drive:file:upload'],
      name: 'Feidi',
      env: {},
      sleep: async (ms) => {
        waits.push(ms)
        feishu.clock.advance(ms)
        if (lark !== feishu) lark.clock.advance(ms)
        onWait?.(waits.length)
      },
    },
    ({ url }) => {
      links.push(url)
      onLink?.(url)
    },
    new AbortController().signal,
  )
  return { ...registered, waits, links }
}

it('brings back an app that has what was asked for, and no more', async () => {
  const feishu = await openFeishu()
  feishu.registrations.intervalMs = 10
  const created = await createAppByScan(
    { env: {} },
    { feishu: feishu.baseUrl, lark: feishu.baseUrl },
    ({ url }) => {
      const query = new URL(url).searchParams
      expect(query.get('createOnly')).toBe('true')
      expect(query.get('name')).toBe('Feidi')
      feishu.registrations.decide(url, 'allow')
    },
    AbortSignal.timeout(30_000),
  )
  expect(created).toMatchObject({ brand: 'feishu', baseUrl: feishu.baseUrl })
  expect(created.rights).toEqual({ asPerson: scopesOf(PURPOSE_NAMES), asApp: [] })
}, 40_000)

it('waits as it is told: longer after slow_down, until the person has confirmed', async () => {
  const feishu = await openFeishu()
  let link = ''
  const { waits, app } = await scan({
    feishu,
    onLink: (url) => {
      link = url
    },
    onWait: (count) => {
      // A question that comes too soon.
      if (count === 2) feishu.registrations.intervalMs = 7_000
      if (count === 4) feishu.registrations.decide(link, 'allow')
    },
  })
  expect(waits.slice(0, 4)).toEqual([5_000, 5_000, 10_000, 10_000])
  expect(app.appSecret).not.toBe('')
})

it('follows a Lark tenant to its host', async () => {
  const [feishu, lark] = [await openFeishu(), await openFeishu()]
  feishu.registrations.tenantBrand = 'lark'
  const { brand, app } = await scan({
    feishu,
    lark,
    onLink: (url) => {
      feishu.registrations.decide(url, 'allow')
      feishu.registrations.shareWith(lark.registrations)
    },
  })
  expect(brand).toBe('lark')
  expect(app.appId).toMatch(/^cli_/)
  expect(lark.callsTo('oauth/app_registration')).toHaveLength(1)
})

it('says that it was declined, that it took too long, and that there is no such thing', async () => {
  const feishu = await openFeishu()
  const declined = scan({
    feishu,
    onLink: (url) => void feishu.registrations.decide(url, 'deny'),
  })
  await expect(declined).rejects.toMatchObject({ code: 'registration-denied' })
  feishu.registrations.lifeMs = 12_000
  await expect(scan({ feishu })).rejects.toMatchObject({ code: 'registration-expired' })
  for (const kind of ['odd', 'unknown', 'elsewhere'] as const) {
    feishu.registrations.kind = kind
    const links: string[] = []
    const unavailable = scan({ feishu, onLink: (url) => links.push(url) })
    await expect(unavailable).rejects.toMatchObject({ code: 'registration-unavailable' })
    // A link is offered only when the answer is as expected, and leads to Feishu.
    expect(links).toEqual([])
  }
})
