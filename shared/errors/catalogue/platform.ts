import type { CatalogueEntry } from '../catalogue-entry.ts'
import { REFRESH_ONCE, sameFor } from './rules.ts'

/** What any call can meet: limits on calls, and trouble inside the platform. */
export const PLATFORM_ENTRIES: readonly CatalogueEntry[] = [
  {
    code: 99991400,
    policy: 'wait-rate-limit',
    domain: 'server',
    actor: 'wait',
    message: { 'zh-CN': '飞书要求放慢请求的速度。', en: 'Feishu asks to slow down.' },
    remedy: {
      'zh-CN': '无需处理，飞递会[在 {seconds} 秒后]自动继续。',
      en: 'Nothing to do: Feidi goes on by itself[ in {seconds} s].',
    },
  },
  {
    code: 99991401,
    policy: 'block-account',
    domain: 'permission',
    actor: 'admin',
    message: {
      'zh-CN': '当前网络的 IP 地址不在应用的白名单里。',
      en: "The IP address of this network is not on the app's allowlist.",
    },
    remedy: {
      'zh-CN':
        '请应用管理员在飞书开发者后台的“安全设置”中，把本机的出口 IP 加入“IP 白名单”，然后重试。',
      en: 'Ask the app owner to add the public IP of this computer to the "IP Allowlist" under "Security Settings" in the Feishu developer console, then retry.',
    },
  },
  {
    code: 99991403,
    policy: 'block-account',
    domain: 'quota',
    actor: 'admin',
    message: {
      'zh-CN': '企业本月的飞书接口调用额度已用完。',
      en: "Your organization's Feishu API quota for this month is used up.",
    },
    remedy: {
      'zh-CN': '额度在下个月初恢复，届时重试即可；如需提前恢复，请飞书管理员联系飞书增购额度。',
      en: 'The quota is back at the start of next month; retry then. To go on sooner, ask your Feishu admin to get more from Feishu.',
    },
  },
  ...sameFor([2200, 1663], {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: { 'zh-CN': '飞书服务器繁忙。', en: 'The Feishu server is busy.' },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试。',
      en: 'Nothing to do: Feidi tries again by itself.',
    },
  }),
  {
    code: 1069701,
    ...REFRESH_ONCE,
    message: {
      'zh-CN': '飞书没有认可当前的登录身份。',
      en: 'Feishu did not accept the current sign-in.',
    },
    remedy: {
      'zh-CN': '飞递会先自动更新登录；若仍不行，请重新登录。',
      en: 'Feidi renews the sign-in by itself first. If it still does not work, sign in again.',
    },
  },
  {
    code: 1069704,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书暂时无法读取文件信息。',
      en: 'Feishu cannot read what is known of the file at the moment.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试。',
      en: 'Nothing to do: Feidi tries again by itself.',
    },
  },
  ...sameFor([970002, 970003, 970005], {
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '飞书没有给出这个文件的信息。',
      en: 'Feishu does not tell what is known of this file.',
    },
    remedy: {
      'zh-CN': '请在飞书中打开它，确认它仍在并且你有权限，然后重试。',
      en: 'Open it in Feishu to make sure it is there and you have access, then retry.',
    },
  }),
  ...sameFor([99992402, 9499], {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '飞书认为这次请求的内容不完整或不正确。',
      en: 'Feishu found this call of Feidi to be incomplete or incorrect.',
    },
    remedy: {
      'zh-CN': '请重新选择目标后重试；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。',
      en: 'Choose the destination again and retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
    },
  }),
]
