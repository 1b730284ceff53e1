import type { SensitiveKind } from '../model/sensitive.ts'
import type { Language, Text } from './language.ts'

const WORDS: Readonly<Record<SensitiveKind, Text>> = {
  'private-key': { 'zh-CN': '私钥', en: 'private key' },
  credentials: { 'zh-CN': '账号或令牌', en: 'credentials' },
  wallet: { 'zh-CN': '加密货币钱包', en: 'wallet' },
  passwords: { 'zh-CN': '密码库', en: 'passwords' },
  'browser-profile': { 'zh-CN': '浏览器个人资料', en: 'browser profile' },
  'home-folder': { 'zh-CN': '整个用户文件夹', en: 'a whole home folder' },
}

/** What a sensitive file holds, in words. */
export function describeSensitive(kind: SensitiveKind, language: Language): string {
  return WORDS[kind][language]
}
