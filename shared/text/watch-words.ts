import type { LeftOut, WaitingReason, WatchState } from '../model/watch-rule.ts'
import type { Language, Text } from './language.ts'

/** What a person reads about a rule's state. `{name}` is filled in. */
const WORDS = {
  watching: { 'zh-CN': '正在监视（{files} 个文件）', en: 'Watching ({files} files)' },
  waiting: {
    'zh-CN': '正在监视（{files} 个文件，{waiting} 个等待中）',
    en: 'Watching ({files} files, {waiting} waiting)',
  },
  scanning: { 'zh-CN': '正在扫描（{scanned}）', en: 'Scanning ({scanned})' },
  'scanning-of': {
    'zh-CN': '正在扫描（{scanned} / {expected}）',
    en: 'Scanning ({scanned} of {expected})',
  },
  checking: {
    'zh-CN': '正在监视，并核对内容（{checked} / {of}）',
    en: 'Watching, and checking contents ({checked} of {of})',
  },
  'root-missing': {
    'zh-CN': '文件夹不可用（磁盘未连接），恢复后自动继续',
    en: 'Folder unavailable (drive not connected), goes on when it is back',
  },
  'root-replaced': {
    'zh-CN': '文件夹现在指向 {path}，确认之前暂不上传',
    en: 'The folder leads to {path} now, nothing goes up until you confirm it',
  },
  'no-permission': {
    'zh-CN': '没有权限读取 {path}，其余照常监视',
    en: 'No permission to read {path}, the rest is watched',
  },
  'not-answering': {
    'zh-CN': '{path} 没有响应（网络驱动器或磁盘），其余照常监视，恢复后自动继续',
    en: '{path} does not answer (network drive or disk), the rest is watched and it goes on when it is back',
  },
  unreadable: {
    'zh-CN': '无法读取 {path}，其余照常监视',
    en: '{path} can not be read, the rest is watched',
  },
  'too-many-watches': {
    'zh-CN': '系统允许监视的文件夹太少，暂时改为定时查看；请调大 {setting}',
    en: 'The system allows too few watches, so the folder is looked at every so often; raise {setting}',
  },
  paused: { 'zh-CN': '已暂停', en: 'Paused' },
} as const satisfies Record<string, Text>

type LeftOutKind = LeftOut['kind'] | 'moved' | 'copy' | 'baseline' | 'later'

const WAITING_WORDS: Readonly<Record<WaitingReason, Text>> = {
  settling: { 'zh-CN': '文件仍在变化', en: 'The file is still changing' },
  changing: { 'zh-CN': '文件仍在变化', en: 'The file is still changing' },
  locked: {
    'zh-CN': '文件正在被使用，关闭后自动上传',
    en: 'The file is in use, uploads when it is closed',
  },
  unreadable: {
    'zh-CN': '无法读取文件，可以读取后自动上传',
    en: 'The file can not be read, uploads when it can',
  },
  checking: { 'zh-CN': '正在比对内容', en: 'Its content is being compared' },
  moving: {
    'zh-CN': '文件在上传途中被移动，等上传结束',
    en: 'Moved during its upload, whose end is waited for',
  },
}

/** Why a file of a rule is not in the queue yet. */
export function describeWaiting(reason: WaitingReason, language: Language): string {
  return WAITING_WORDS[reason][language]
}

const LEFT_OUT_WORDS: Readonly<Record<LeftOutKind, Text>> = {
  excluded: { 'zh-CN': '规则排除（{pattern}）', en: 'Left out by the rule ({pattern})' },
  'not-included': { 'zh-CN': '不在规则的范围内', en: 'Not included by the rule' },
  'not-recursive': { 'zh-CN': '规则不包含子文件夹', en: 'The rule leaves out subfolders' },
  empty: { 'zh-CN': '空文件', en: 'Empty file' },
  'too-small': { 'zh-CN': '小于规则的最小大小', en: 'Smaller than the rule wants' },
  'too-large': { 'zh-CN': '大于规则的最大大小', en: 'Larger than the rule wants' },
  link: { 'zh-CN': '链接', en: 'A link' },
  'link-leads-out': { 'zh-CN': '链接指向文件夹之外', en: 'A link that leads out of the folder' },
  'link-loop': { 'zh-CN': '链接绕回自身', en: 'A link that leads in circles' },
  'not-a-file': { 'zh-CN': '不是普通文件', en: 'Not a regular file' },
  outside: { 'zh-CN': '在文件夹之外', en: 'Outside the folder' },
  missing: { 'zh-CN': '已不存在', en: 'No longer there' },
  unreadable: { 'zh-CN': '无法读取', en: 'It can not be read' },
  'name-invalid': { 'zh-CN': '名称不是有效的文本', en: 'Its name is not valid text' },
  sensitive: {
    'zh-CN': '可能含有密钥或密码',
    en: 'May hold keys or passwords',
  },
  downloading: { 'zh-CN': '还在下载', en: 'Still being downloaded' },
  moved: { 'zh-CN': '只是移动过，之前已上传', en: 'Only moved, it is up already' },
  copy: { 'zh-CN': '与已上传的文件内容相同', en: 'A copy of a file that is up already' },
  baseline: { 'zh-CN': '规则开始之前就有', en: 'It was there before the rule' },
  later: { 'zh-CN': '文件仍在变化', en: 'The file is still changing' },
}

/** Why a rule has nothing to do for a file. */
export function describeLeftOut(
  left: { readonly kind: LeftOutKind; readonly pattern?: string },
  language: Language,
): string {
  return LEFT_OUT_WORDS[left.kind][language].replace('{pattern}', left.pattern ?? '')
}

/** A rule's state in one line. */
export function describeWatchState(state: WatchState, language: Language): string {
  const text = WORDS[wordsFor(state)][language]
  const values: Readonly<Record<string, unknown>> = { ...state }
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name] ?? hole
    return typeof value === 'number' ? value.toLocaleString(language) : String(value)
  })
}

function wordsFor(state: WatchState): keyof typeof WORDS {
  if (state.kind === 'watching' && state.waiting > 0) return 'waiting'
  if (state.kind === 'scanning' && state.expected !== undefined) return 'scanning-of'
  return state.kind
}
