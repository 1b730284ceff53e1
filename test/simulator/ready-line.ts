/** The one line a standalone simulator prints: for people to read, for a parent process to parse. */
import type { DemoLinks } from './furnish.ts'

export interface ReadyInfo extends DemoLinks {
  readonly baseUrl: string
  readonly appId: string
  readonly appSecret: string
  readonly rootFolderToken: string
  /** An empty folder in the root. */
  readonly folderToken: string
}

const KEYS = {
  baseUrl: 'base-url',
  appId: 'app-id',
  appSecret: 'app-secret',
  rootFolderToken: 'root-folder',
  folderToken: 'folder',
  folderLink: 'folder-link',
  fileLink: 'file-link',
  documentLink: 'docx-link',
  sheetLink: 'sheet-link',
  baseLink: 'base-link',
  recordLink: 'record-link',
  wikiLink: 'wiki-link',
} as const satisfies Record<keyof ReadyInfo, string>

/** `Feishu simulator ready: base-url=… app-id=…` with a line break. */
export function formatReadyLine(info: ReadyInfo): string {
  const pairs = Object.entries(KEYS).map(
    ([key, label]) => `${label}=${info[key as keyof ReadyInfo]}`,
  )
  return `Feishu simulator ready: ${pairs.join(' ')}\n`
}

/** The inverse of `formatReadyLine`; undefined for any other line. */
export function parseReadyLine(line: string): ReadyInfo | undefined {
  const values = new Map(
    [...line.matchAll(/([a-z-]+)=(\S+)/g)].map(([, key, value]) => [key, value]),
  )
  const entries = Object.entries(KEYS).map(([key, label]) => [key, values.get(label)] as const)
  if (entries.some(([, value]) => value === undefined)) return undefined
  return Object.fromEntries(entries) as unknown as ReadyInfo
}
