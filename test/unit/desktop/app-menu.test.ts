import { describe, expect, it, vi } from 'vitest'
import { appMenu } from '#main/desktop/app-menu.ts'
import type { MenuActions } from '#main/desktop/menu-actions.ts'

type Item = ReturnType<typeof appMenu>[number]

function someActions() {
  return {
    open: vi.fn<MenuActions['open']>(),
    openTransfer: vi.fn<MenuActions['openTransfer']>(),
    offer: vi.fn<MenuActions['offer']>(),
    add: vi.fn<MenuActions['add']>(),
    pauseAll: vi.fn<MenuActions['pauseAll']>(),
    quit: vi.fn<MenuActions['quit']>(),
  }
}

function menuOf(options: Partial<Parameters<typeof appMenu>[0]>): Item[] {
  const usual = { platform: 'linux', language: 'en', isPaused: false, isPackaged: true } as const
  return appMenu({ ...usual, actions: someActions(), ...options })
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
      itemsOf(menuOf({ platform, language }))
        .filter(({ type }) => type !== 'separator')
        .map(({ label }) => label ?? '')
    expect(labels('zh-CN').every((label) => /\p{Script=Han}/u.test(label))).toBe(true)
    expect(labels('en').every((label) => /^[A-Z][\w… ]+$/.test(label))).toBe(true)
  })

  it('has no item with words of its own, which Electron has in English only', () => {
    const items = itemsOf(menuOf({ platform, language: 'zh-CN', isPackaged: false }))
    const menus = ['appMenu', 'fileMenu', 'editMenu', 'viewMenu', 'windowMenu', 'help']
    expect(items.filter(({ role = '' }) => menus.includes(role))).toEqual([])
    expect(items.filter(({ role, label }) => role !== undefined && !label)).toEqual([])
  })

  it('uses no key twice', () => {
    const keys = itemsOf(menuOf({ platform })).flatMap(({ accelerator }) => accelerator ?? [])
    expect(keys).toContain('CmdOrCtrl+O')
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('does what it says', () => {
    const actions = someActions()
    const items = itemsOf(menuOf({ platform, isPaused: true, actions }))
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
  const first = (platform: NodeJS.Platform) => menuOf({ platform })[0]?.label
  expect(PLATFORMS.map(first)).toEqual(['Feidi', 'File', 'File'])
})
