import { expect, it } from 'vitest'
import { Taskbar } from '#main/desktop/taskbar.ts'
import { StandInApp } from '#test/desktop/stand-in/app.ts'
import { aLiveState } from '../contract/live-kit.ts'

/** Returns the marks on the icon of a system when one file needs the person. */
function shownOn(platform: NodeJS.Platform) {
  const overlays: string[] = []
  const app = new StandInApp({
    ...{ platform, argv: [], workingDirectory: '/', languages: ['en'] },
    ...{ isPackaged: true, system: {} },
  })
  const setOverlayIcon = (_image: unknown, description: string) => void overlays.push(description)
  app.windows.add({ setOverlayIcon } as never)
  const taskbar = new Taskbar({
    app: app as never,
    process: { platform, env: {}, execPath: 'feidi' },
    window: {
      setProgress: (_progress, badge) => void overlays.push(badge),
      setButtons() {},
    },
    language: () => 'en',
    actions: { add() {}, pauseAll() {} },
  })
  const { counts } = aLiveState()
  taskbar.follow(aLiveState({ counts: { ...counts, byTab: { ...counts.byTab, attention: 1 } } }))
  return { badge: app.badge, overlay: overlays.at(-1) }
}

it('Windows has an overlay in words, which no number replaces', () => {
  expect(shownOn('win32')).toEqual({ badge: 0, overlay: '1 needs attention' })
})

it.each(['darwin', 'linux'] as const)('%s has a number', (platform) => {
  expect(shownOn(platform).badge).toBe(1)
})
