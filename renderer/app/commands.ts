/** The commands that work from anywhere, in one table: the palette and the menus are made of it. */
import type { Tab } from '#shared/contract/queue-channels.ts'
import type { SettingsChange } from '#shared/contract/settings-schema.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '#shared/text/language.ts'
import { formatSpeed } from '#shared/text/numbers.ts'
import { useApp } from '../data/app.ts'
import { bridge } from '../data/bridge.ts'
import { useLive } from '../data/live.ts'
import { useText } from '../data/text.ts'
import { act } from '../screens/queue/row-actions.ts'
import { TAB_WORDS, TABS } from '../screens/queue/tabs.ts'
import { setSettings } from '../screens/settings/set-settings.ts'
import { type SettingsSection, sectionsOf } from '../screens/settings/settings-screen.tsx'
import { toastError } from '../ui/feedback.ts'
import type { IconName } from '../ui/icon.tsx'
import { keyOf } from '../ui/keys.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { SPEED_PRESETS } from './speed-limit.tsx'
import type { View } from './view.ts'

/** The ways into the app that commands use. */
export interface CommandWays {
  readonly add: (kind: 'files' | 'folder') => void
  readonly fromBrowser: () => void
  readonly watch: () => void
  readonly go: (view: View) => void
  readonly goTab: (tab: Tab) => void
  readonly goSection: (section: SettingsSection) => void
  readonly search: () => void
  readonly signIn: () => void
  readonly showKeys: () => void
}

type CommandGroup = 'actions' | 'places' | 'settings'

export interface Command extends MenuItem {
  readonly group: CommandGroup
}

/** Returns the commands that do something here and now. */
export function useCommands(ways: CommandWays): readonly Command[] {
  return [...useActions(ways), ...usePlaces(ways), ...useSettingCommands()]
}

function useActions(ways: CommandWays): Command[] {
  const t = useText()
  const { info } = useApp()
  const isPaused = useLive((live) => live.engine.pausedBy) === 'person'
  const counts = useLive((live) => live.counts.byTab)
  const action = (id: string, label: string, icon: IconName, onSelect: () => void): Command => ({
    ...{ id, label, icon, onSelect },
    group: 'actions',
  })
  const pauseAll = async (paused: boolean) => {
    const answer = await bridge.request('queue.pause-all', { paused })
    if (!answer.ok) toastError(answer.error)
  }
  const all = (tab: Tab) => ({ filter: { tab, search: '' } })
  return [
    { ...action('files', t('addFiles'), 'file', () => ways.add('files')), keys: keyOf('addFiles') },
    {
      ...action('folder', t('addFolder'), 'folder', () => ways.add('folder')),
      keys: keyOf('addFolder'),
    },
    ...(info.capabilities.upload
      ? [action('browser', t('addFromBrowser'), 'upload', ways.fromBrowser)]
      : []),
    action('watch', t('ruleAdd'), 'folder', ways.watch),
    isPaused
      ? action('resume-all', t('resumeAll'), 'play', () => void pauseAll(false))
      : action('pause-all', t('pauseAll'), 'pause', () => void pauseAll(true)),
    ...((counts?.attention ?? 0) > 0
      ? [action('retry', t('retryAttention'), 'retry', () => void act('retry', all('attention')))]
      : []),
    ...((counts?.done ?? 0) > 0
      ? [action('clear', t('clearFinished'), 'broom', () => void act('clear', all('done')))]
      : []),
    { ...action('search', t('searchQueue'), 'search', ways.search), keys: keyOf('searchQueue') },
    action('sign-in', t('addAccount'), 'user', ways.signIn),
    {
      ...action('keys', t('keyboardShortcuts'), 'keyboard', ways.showKeys),
      keys: keyOf('keysHelp'),
    },
  ]
}

function usePlaces({ go, goTab, goSection }: CommandWays): Command[] {
  const t = useText()
  const isDesktop = useApp().info.host === 'desktop'
  const group = 'places' as const
  return [
    ...VIEWS.map(([view, icon]) => ({
      ...{ id: view, label: t(view), icon, group },
      onSelect: () => go(view),
    })),
    ...TABS.map((tab, index) => ({
      ...{ id: `tab-${tab}`, label: `${t('queue')}: ${t(TAB_WORDS[tab])}`, group },
      ...{ icon: 'list' as const, keys: String(index + 1) },
      onSelect: () => goTab(tab),
    })),
    ...sectionsOf(isDesktop).map((section) => ({
      ...{ id: `section-${section}`, label: `${t('settings')}: ${t(section)}`, group },
      icon: 'settings' as const,
      onSelect: () => goSection(section),
    })),
  ]
}

function useSettingCommands(): Command[] {
  const t = useText()
  const { settings, info } = useApp()
  const isLimitLocked = info.policy?.locked.includes('bandwidthBytesPerSecond') ?? false
  const set = (id: string, label: string, icon: IconName, change: SettingsChange) => {
    const [[name, value] = []] = Object.entries(change)
    const isSet = settings[name as keyof typeof settings] === value
    const onSelect = () => setSettings(change)
    return isSet ? [] : [{ ...{ id, label, icon, onSelect }, group: 'settings' as const }]
  }
  const limit = (bytes: number | null) => {
    const words = bytes === null ? t('limitOff') : formatSpeed(bytes)
    const label = `${t('bandwidth')}: ${words}`
    return set(`limit-${bytes}`, label, 'gauge', { bandwidthBytesPerSecond: bytes })
  }
  return [
    ...(isLimitLocked ? [] : [null, ...SPEED_PRESETS].flatMap(limit)),
    ...(['system', 'light', 'dark'] as const).flatMap((theme) =>
      set(`theme-${theme}`, `${t('theme')}: ${t(theme)}`, 'moon', { theme }),
    ),
    ...(['comfortable', 'compact'] as const).flatMap((density) =>
      set(`density-${density}`, `${t('density')}: ${t(density)}`, 'list', { density }),
    ),
    ...LANGUAGES.flatMap((language) =>
      set(language, `${t('language')}: ${LANGUAGE_NAMES[language]}`, 'document', { language }),
    ),
  ]
}

const VIEWS = [
  ['queue', 'queue'],
  ['rules', 'folder'],
  ['history', 'history'],
  ['settings', 'settings'],
] as const satisfies readonly (readonly [View, IconName])[]
