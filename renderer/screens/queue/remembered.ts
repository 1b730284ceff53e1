/** The part of the queue that a person looks at, kept while other screens are shown and over a reload. */
import type { Tab } from '#shared/contract/queue-channels.ts'
import type { OneRule } from '../rules/rule-filter.tsx'
import type { Sort } from './sort.ts'
import { TABS } from './tabs.ts'

export interface QueueView {
  readonly tab: Tab
  readonly search: string
  readonly rule: OneRule | undefined
  /** Undefined: the order of the tab. */
  readonly sort: Sort | undefined
}

const KEY = 'queue-view'
const AT_START: QueueView = { tab: 'all', search: '', rule: undefined, sort: undefined }

export function recallView(): QueueView {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<QueueView>
    const tab = TABS.find((each) => each === stored.tab) ?? AT_START.tab
    return { ...AT_START, ...stored, tab }
  } catch {
    return AT_START
  }
}

export function rememberView(view: QueueView): void {
  sessionStorage.setItem(KEY, JSON.stringify(view))
}
