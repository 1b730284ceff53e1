import { explain } from '../errors/explain.ts'
import type { DestinationKind, Transfer, TransferState, WaitReason } from '../model/transfer.ts'
import type { Language, Text } from './language.ts'

/** What a person reads about a state; the same in the list, the tray, the command and notifications. */
const WORDS: Readonly<Record<Exclude<TransferState['kind'], 'waiting'>, Text>> = {
  queued: { 'zh-CN': '排队中', en: 'Queued' },
  preparing: { 'zh-CN': '正在准备', en: 'Preparing' },
  sending: { 'zh-CN': '正在上传', en: 'Uploading' },
  finishing: { 'zh-CN': '正在收尾', en: 'Finishing' },
  attaching: { 'zh-CN': '正在写入目标', en: 'Adding to its place' },
  paused: { 'zh-CN': '已暂停', en: 'Paused' },
  blocked: { 'zh-CN': '需要处理', en: 'Needs you' },
  failed: { 'zh-CN': '上传失败', en: 'Could not upload' },
  skipped: { 'zh-CN': '已跳过', en: 'Skipped' },
  cancelled: { 'zh-CN': '已取消', en: 'Cancelled' },
  done: { 'zh-CN': '已完成', en: 'Done' },
}

const WAIT_WORDS: Readonly<Record<WaitReason, Text>> = {
  network: { 'zh-CN': '等待网络恢复', en: 'Waiting for the network' },
  'rate-limit': { 'zh-CN': '飞书要求放慢', en: 'Feishu asks to slow down' },
  quota: { 'zh-CN': '今日调用额度已用完', en: "Today's quota is used up" },
  server: { 'zh-CN': '飞书暂时没有接受，稍后重试', en: 'Feishu did not take it yet, trying again' },
  'file-busy': {
    'zh-CN': '文件正在被使用，关闭后自动上传',
    en: 'The file is in use, uploads when it is closed',
  },
  'file-changing': { 'zh-CN': '文件仍在变化', en: 'The file is still changing' },
}

/** What a file that is up still needs, at each kind of destination. */
const ATTACH_WORDS: Readonly<Record<DestinationKind, Text>> = {
  base: { 'zh-CN': '正在写入多维表格', en: 'Adding to Base' },
  docx: { 'zh-CN': '正在写入文档', en: 'Adding to document' },
  sheet: { 'zh-CN': '正在写入电子表格', en: 'Adding to sheet' },
  folder: { 'zh-CN': '正在设置共享', en: 'Sharing' },
  page: { 'zh-CN': '正在设置共享', en: 'Sharing' },
  file: { 'zh-CN': '正在设置共享', en: 'Sharing' },
  media: WORDS.attaching,
}

/** The name of a state, without details. */
export function stateWord(kind: TransferState['kind'], language: Language): string {
  if (kind === 'waiting') return language === 'zh-CN' ? '等待中' : 'Waiting'
  return WORDS[kind][language]
}

/** Why work waits, in words. */
export function waitWords(reason: WaitReason, language: Language): string {
  return WAIT_WORDS[reason][language]
}

/** A transfer's state in one line: percentage, reason or failure included. */
export function describeState(
  transfer: Pick<Transfer, 'state' | 'sentBytes' | 'sizeBytes' | 'destination'>,
  language: Language,
): string {
  const { state, sentBytes, sizeBytes } = transfer
  switch (state.kind) {
    case 'sending': {
      const percent = sizeBytes > 0 ? Math.floor((sentBytes * 100) / sizeBytes) : 0
      return `${stateWord('sending', language)} ${percent}%`
    }
    case 'attaching':
      return ATTACH_WORDS[transfer.destination.kind][language]
    case 'waiting':
      return waitWords(state.reason, language)
    case 'blocked':
    case 'failed':
    case 'skipped': {
      const final = state.kind !== 'skipped'
      const { message } = explain(state.error, language, { final })
      return join(stateWord(state.kind, language), message, language)
    }
    default:
      return stateWord(state.kind, language)
  }
}

function join(word: string, message: string, language: Language): string {
  return language === 'zh-CN' ? `${word}：${message}` : `${word}: ${message}`
}
