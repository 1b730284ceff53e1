import type { CatalogueEntry, EntryBody, Text } from './catalogue-entry.ts'
import type { ErrorCode } from './error-code.ts'

/** What a person can do after Feidi has stopped trying something that usually passes by itself. */
export const TRY_AGAIN: Text = {
  'zh-CN': '飞递已多次自动重试，仍未成功。请稍后再试；若仍不行，请把日志编号提供给飞书技术支持。',
  en: 'Feidi tried several times without success. Retry later; if it still does not work, give the log ID to Feishu support.',
}

const SIGN_IN: EntryBody = {
  policy: 'refresh-token',
  maxAttempts: 1,
  afterwards: 'block-account',
  domain: 'auth',
  actor: 'you',
  message: {
    'zh-CN': '飞书不再接受当前的登录凭证。',
    en: 'Feishu no longer accepts the current sign-in.',
  },
  remedy: {
    'zh-CN': '请重新登录；使用应用凭证时，请核对 App ID 与 App Secret。',
    en: 'Sign in again; with app credentials, check the App ID and App Secret.',
  },
}

const FORBIDDEN: EntryBody = {
  policy: 'block-target',
  domain: 'permission',
  actor: 'you',
  message: {
    'zh-CN': '飞书拒绝了对这个位置的访问。',
    en: 'Feishu refused access to this destination.',
  },
  remedy: {
    'zh-CN': '请目标的所有者给你或应用“可编辑”权限，然后重试，或换一个位置。',
    en: 'Ask the owner of the destination to give you or the app edit access, then retry, or choose another destination.',
  },
}

const NOT_FOUND: EntryBody = {
  policy: 'fail-file',
  domain: 'target',
  actor: 'you',
  message: {
    'zh-CN': '飞书上找不到要上传到的位置。',
    en: 'Feishu could not find the place this file should go to.',
  },
  remedy: {
    'zh-CN': '请在飞书中打开目标，确认它没有被移动或删除，然后重新粘贴链接。',
    en: 'Open the destination in Feishu to make sure it was not moved or deleted, then paste its link again.',
  },
}

const TOO_FAST: EntryBody = {
  policy: 'wait-rate-limit',
  domain: 'server',
  actor: 'wait',
  message: {
    'zh-CN': '飞书要求放慢上传速度。',
    en: 'Feishu asks to slow down.',
  },
  remedy: {
    'zh-CN': '无需处理，飞递会[在 {seconds} 秒后]自动继续。',
    en: 'Nothing to do: Feidi goes on by itself[ in {seconds} s].',
  },
}

const SERVER_TROUBLE: EntryBody = {
  policy: 'backoff',
  mayHaveLanded: true,
  domain: 'server',
  actor: 'wait',
  message: {
    'zh-CN': '飞书服务器暂时无法处理请求。',
    en: 'The Feishu server cannot handle requests at the moment.',
  },
  remedy: {
    'zh-CN': '无需处理，飞递会自动重试，已上传的部分不会丢失。',
    en: 'Nothing to do: Feidi tries again by itself, and what is already uploaded is kept.',
  },
}

const REFUSED: EntryBody = {
  policy: 'fail-file',
  domain: 'server',
  actor: 'you',
  message: {
    'zh-CN': '飞书没有接受这个文件，原因不在飞递已知的范围内。',
    en: 'Feishu did not accept this file, for a reason Feidi does not know yet.',
  },
  remedy: {
    'zh-CN': '请重试；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。',
    en: 'Retry; if it still does not work, update Feidi or give the log ID to Feishu support.',
  },
}

const ACCOUNT_REFUSED: EntryBody = {
  policy: 'block-account',
  mayPass: true,
  domain: 'auth',
  actor: 'you',
  message: {
    'zh-CN': '飞书没有让当前账号登录，原因不在飞递已知的范围内[：{detail}]。',
    en: 'Feishu does not let this account in, for a reason Feidi does not know yet[: {detail}].',
  },
  remedy: {
    'zh-CN':
      '请核对账号设置或重新登录；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。排队的文件都会保留。',
    en: 'Check the account settings or sign in again. If it still does not work, update Feidi or give the log ID to Feishu support. All queued files are kept.',
  },
}

/**
 * The rule for a failure of a call that asks for a token or whose it is: what passes is waited for, and
 * everything else stops the account. No file is to blame.
 * @param listed what the catalogue says about the code
 */
export function entryForAccount(
  code: ErrorCode,
  listed: CatalogueEntry | undefined,
  httpStatus: number | undefined,
): CatalogueEntry {
  if (listed !== undefined && isOfAccounts(listed)) return listed
  // A server in trouble answers with whatever code: it says nothing about the account.
  const byStatus = entryForStatus(code, httpStatus)
  return isPassing(byStatus) ? byStatus : { code, ...ACCOUNT_REFUSED }
}

function isOfAccounts(entry: CatalogueEntry): boolean {
  const { policy, afterwards = 'block-account' } = entry
  if (isPassing(entry)) return afterwards === 'block-account'
  return policy === 'block-account' || policy === 'refresh-token' || policy === 'stop'
}

function isPassing({ policy }: Pick<CatalogueEntry, 'policy'>): boolean {
  return policy === 'backoff' || policy === 'wait-rate-limit'
}

/** The rule for a code that the catalogue does not list: the HTTP status decides. */
export function entryForStatus(code: ErrorCode, httpStatus: number | undefined): CatalogueEntry {
  return { code, ...bodyForStatus(httpStatus ?? 0) }
}

function bodyForStatus(httpStatus: number): EntryBody {
  if (httpStatus >= 500 || httpStatus === 408) return SERVER_TROUBLE
  switch (httpStatus) {
    case 401:
      return SIGN_IN
    case 403:
      return FORBIDDEN
    case 404:
      return NOT_FOUND
    case 429:
      return TOO_FAST
    default:
      return REFUSED
  }
}
