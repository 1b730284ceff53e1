import { describe, expect, it, vi } from 'vitest'
import { appMenu } from '#main/desktop/app-menu.ts'
import type { MenuActions } from '#main/desktop/menu-actions.ts'

type Item = ReturnType<typeof appMenu>[number]

function someActions() {
  return {
    open: vi.fn<MenuActions['open']>(),
    openTransfer: vi.fn<MenuActions['openTransfer']>(),
    add: vi.fn<MenuActions['add']>(),
    pauseAll: vi.fn<MenuActions['pauseAll']>(),
    quit: vi.fn<MenuActions['quit']>(),
  }
}

function itemsOf(menu: readonly Item[]): Item[] {
  return menu.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? itemsOf(item.submenu as Item[]) : []),
  ])
}

const PLATFORMS = ['darwin', 'win32', 'linux'] as const

describe.each(PLATFORMS)('the menu bar on %s', (platform) => {
  it('has words in both languages for everything', () => {
    const labels = (language: 'zh-CN' | 'en') =>
      itemsOf(appMenu(platform, language, false, someActions()))
        .filter(({ type }) => type !== 'separator')
        .map(({ label }) => label ?? '')
    expect(labels('zh-CN').every((label) => /\p{Script=Han}/u.test(label))).toBe(true)
    expect(labels('en').every((label) => /^[A-Z][\w… ]+$/.test(label))).toBe(true)
  })

  it('uses no key twice', () => {
    const keys = itemsOf(appMenu(platform, 'en', false, someActions())).flatMap(
      ({ accelerator }) => accelerator ?? [],
    )
    expect(keys).toContain('CmdOrCtrl+O')
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('does what it says', () => {
    const actions = someActions()
    const items = itemsOf(appMenu(platform, 'en', true, actions))
    for (const item of items) (item.click as (() => void) | undefined)?.()
    expect(actions.add.mock.calls).toEqual([['files'], ['folder']])
    expect(actions.pauseAll.mock.calls).toEqual([[false]])
    expect(actions.quit).toHaveBeenCalledOnce()
    expect(actions.open.mock.calls.flat().sort()).toEqual([
      '#/history',
      '#/queue',
      '#/queue/tab/attention',
      '#/rules',
      '#/settings',
    ])
  })
})

it('the menu of the app itself is there on macOS only', () => {
  const first = (platform: NodeJS.Platform) =>
    appMenu(platform, 'en', false, someActions())[0]?.label
  expect(PLATFORMS.map(first)).toEqual(['Feidi', 'File', 'File'])
})
