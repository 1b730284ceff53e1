import type { CatalogueEntry, Text } from '../catalogue-entry.ts'
import { REFRESH_ONCE, sameFor } from './rules.ts'
import { SIGN_IN_AGAIN } from './sign-in.ts'

const CHECK_CREDENTIALS: Text = {
  'zh-CN':
    '请在飞书开发者后台打开该应用，从“凭证与基础信息”中重新复制 App ID 和 App Secret，填入飞递的账号设置。',
  en: 'Open the app in the Feishu developer console, copy the App ID and App Secret from "Credentials & Basic Info" again and enter them in the account settings of Feidi.',
}

/** An app's own token, what the gateway says about tokens, and what the app and the person are allowed to do. */
export const AUTH_ENTRIES: readonly CatalogueEntry[] = [
  ...sameFor([99991543, 20002, 20048], {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '飞书不认可应用的 App ID 或 App Secret。',
      en: "Feishu does not accept the app's App ID or App Secret.",
    },
    remedy: CHECK_CREDENTIALS,
  }),
  {
    code: 10003,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '飞书不认识这个 App ID：它的写法不对。',
      en: 'Feishu does not know this App ID: it is not written as one.',
    },
    remedy: CHECK_CREDENTIALS,
  },
  {
    code: 10005,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
    message: {
      'zh-CN': '企业没有授权这个应用使用飞书。',
      en: 'Your organization has not authorized this app.',
    },
    remedy: {
      'zh-CN': '请飞书管理员在管理后台的“应用管理”中启用或安装该应用，然后重试。',
      en: 'Ask your Feishu admin to enable or install the app under "App Management" in the Admin Console, then retry.',
    },
  },
  ...sameFor([10012, 10013], {
    policy: 'backoff',
    maxAttempts: 1,
    afterwards: 'block-account',
    domain: 'auth',
    actor: 'wait',
    message: {
      'zh-CN': '飞书没有给出应用的访问凭证。',
      en: 'Feishu did not hand out a token for the app.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动再试一次。',
      en: 'Nothing to do: Feidi tries once more by itself.',
    },
    finalRemedy: CHECK_CREDENTIALS,
  }),
  {
    code: 10014,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '飞书不允许这个应用登录：App ID 或 App Secret 不正确，或应用已停用。',
      en: 'Feishu does not let this app sign in: the App ID or App Secret is wrong, or the app is disabled.',
    },
    remedy: {
      'zh-CN':
        '请在飞书开发者后台的“凭证与基础信息”中重新复制 App ID 和 App Secret；若两者无误，请飞书管理员启用该应用。',
      en: 'Copy the App ID and App Secret again from "Credentials & Basic Info" in the Feishu developer console. If both are right, ask your Feishu admin to enable the app.',
    },
  },
  {
    code: 10015,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '飞书不认可这个 App Secret。',
      en: 'Feishu does not accept this App Secret.',
    },
    remedy: CHECK_CREDENTIALS,
  },
  ...sameFor([20013, 20014], {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '飞书没有接受应用的访问凭证。',
      en: "Feishu did not accept the app's token.",
    },
    remedy: CHECK_CREDENTIALS,
  }),
  {
    code: 99991661,
    ...REFRESH_ONCE,
    message: {
      'zh-CN': '飞书没有收到登录凭证。',
      en: 'Feishu did not receive a sign-in with the request.',
    },
    remedy: {
      'zh-CN': '飞递会先自动获取新的凭证；若仍不行，请重新登录。',
      en: 'Feidi fetches a new sign-in by itself first. If it still does not work, sign in again.',
    },
  },
  ...sameFor([99991662, 99991673, 20009, 20069], {
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
    message: {
      'zh-CN': '应用已停用，或尚未在企业中安装。',
      en: 'The app is disabled or not installed in your organization.',
    },
    remedy: {
      'zh-CN': '请飞书管理员在管理后台的“应用管理”中启用或安装该应用，然后重试。',
      en: 'Ask your Feishu admin to enable or install the app under "App Management" in the Admin Console, then retry.',
    },
  }),
  {
    code: 99991663,
    ...REFRESH_ONCE,
    message: {
      'zh-CN': '应用的访问凭证已失效，或这项操作不支持应用身份。',
      en: "The app's sign-in is no longer valid, or this action is not open to apps.",
    },
    remedy: {
      'zh-CN': '飞递会先自动更换凭证；若仍不行，请核对 App ID 和 App Secret，或改用个人账号登录。',
      en: 'Feidi renews it by itself first. If it still does not work, check the App ID and App Secret, or sign in with a personal account.',
    },
  },
  ...sameFor([99991664, 99991665], {
    ...REFRESH_ONCE,
    message: {
      'zh-CN': '飞书没有接受应用的访问凭证。',
      en: "Feishu did not accept the app's sign-in.",
    },
    remedy: {
      'zh-CN':
        '飞递会先自动更换凭证；若仍不行，请在飞书开发者后台的“凭证与基础信息”中核对 App ID 和 App Secret。',
      en: 'Feidi renews it by itself first. If it still does not work, check the App ID and App Secret under "Credentials & Basic Info" in the Feishu developer console.',
    },
  }),
  {
    code: 99991668,
    ...REFRESH_ONCE,
    message: {
      'zh-CN': '登录已失效，或这项操作不支持个人账号。',
      en: 'The sign-in is no longer valid, or this action is not open to personal accounts.',
    },
    remedy: {
      'zh-CN': '飞递会先自动更新登录；若仍不行，请重新登录。',
      en: 'Feidi renews the sign-in by itself first. If it still does not work, sign in again.',
    },
  },
  {
    code: 99991669,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '登录已失效，无法自动续期。',
      en: 'The sign-in is no longer valid and cannot be renewed.',
    },
    remedy: SIGN_IN_AGAIN,
  },
  {
    code: 99991671,
    ...REFRESH_ONCE,
    message: {
      'zh-CN': '访问凭证的格式不正确。',
      en: 'The access token is not in the right format.',
    },
    remedy: {
      'zh-CN': '飞递会先自动更换凭证；若仍不行，请重新登录，或检查 FEIDI_ACCESS_TOKEN 是否完整。',
      en: 'Feidi renews it by itself first. If it still does not work, sign in again or check that FEIDI_ACCESS_TOKEN is complete.',
    },
  },
  {
    code: 99991672,
    policy: 'block-kind',
    domain: 'permission',
    actor: 'admin',
    message: {
      'zh-CN': '应用缺少所需的权限[：{scopes}]。',
      en: 'The app lacks a scope it needs[: {scopes}].',
    },
    remedy: {
      'zh-CN':
        '请应用管理员在飞书开发者后台的“权限管理”中开通[ {scopes} ]权限，在“版本管理与发布”中发布新版本并经审核后重试。',
      en: 'Ask the app owner to add it[ ({scopes})] under "Permissions & Scopes" in the Feishu developer console and publish a new version under "Version Management & Release", then retry.',
    },
  },
  {
    code: 99991676,
    policy: 'block-account',
    domain: 'permission',
    actor: 'admin',
    message: {
      'zh-CN': '当前凭证没有执行这项操作的权限[：{scopes}]。',
      en: 'The current sign-in is not allowed to do this[: {scopes}].',
    },
    remedy: {
      'zh-CN': '请应用管理员在飞书开发者后台的“权限管理”中检查并开通权限，发布新版本后重新登录。',
      en: 'Ask the app owner to check and add the scopes under "Permissions & Scopes" in the Feishu developer console and publish a new version, then sign in again.',
    },
  },
  {
    code: 99991677,
    ...REFRESH_ONCE,
    message: { 'zh-CN': '登录已过期。', en: 'The sign-in has expired.' },
    remedy: {
      'zh-CN': '飞递会先自动更新登录；若仍不行，请重新登录。',
      en: 'Feidi renews the sign-in by itself first. If it still does not work, sign in again.',
    },
  },
  {
    code: 99991679,
    policy: 'block-kind',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '你还没有授权应用使用所需的权限[：{scopes}]。',
      en: 'You have not granted the app a permission it needs[: {scopes}].',
    },
    remedy: {
      'zh-CN': '请在飞递中重新登录，并在飞书的授权页上同意所列的权限。',
      en: 'Sign in to Feidi again and agree to the permissions listed on the Feishu authorization page.',
    },
  },
]
