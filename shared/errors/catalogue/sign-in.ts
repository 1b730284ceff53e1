import type { CatalogueEntry, Text } from '../catalogue-entry.ts'
import { REFRESH_ONCE, sameFor } from './rules.ts'

export const SIGN_IN_AGAIN: Text = {
  'zh-CN': '请在飞递中重新登录，未完成的上传会接着进行。',
  en: 'Sign in to Feidi again; unfinished uploads go on from where they are.',
}

/** The codes of signing in, of renewing a sign-in and of user_info. None is about a file. */
export const SIGN_IN_ENTRIES: readonly CatalogueEntry[] = [
  {
    code: 20026,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '飞书不再认可保存的登录。',
      en: 'Feishu no longer accepts the saved sign-in.',
    },
    remedy: SIGN_IN_AGAIN,
  },
  {
    code: 20037,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: { 'zh-CN': '保存的登录已过期。', en: 'The saved sign-in has expired.' },
    remedy: SIGN_IN_AGAIN,
  },
  {
    code: 20064,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: { 'zh-CN': '保存的登录已被撤销。', en: 'The saved sign-in was revoked.' },
    remedy: SIGN_IN_AGAIN,
  },
  {
    code: 20073,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '保存的登录已被用过一次，不能再次续期。',
      en: 'The saved sign-in was already used and cannot be renewed again.',
    },
    remedy: SIGN_IN_AGAIN,
  },
  ...sameFor([20003, 20004, 20049, 20065, 20071], {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '这次登录没有成功：飞书不认可返回的授权码。',
      en: 'The sign-in did not work: Feishu does not accept the code it returned.',
    },
    remedy: {
      'zh-CN': '授权码只能用一次并且很快过期，请重新登录。',
      en: 'A code works once and expires soon. Sign in again.',
    },
  }),
  {
    code: 20010,
    policy: 'block-account',
    domain: 'permission',
    actor: 'admin',
    message: {
      'zh-CN': '你不在这个应用的可用范围内。',
      en: 'This app is not available to you.',
    },
    remedy: {
      'zh-CN':
        '请应用管理员在飞书开发者后台的“版本管理与发布”中把你加入应用的可用范围，发布后请重新登录。',
      en: 'Ask the app owner to add you to the availability of the app under "Version Management & Release" in the Feishu developer console, then sign in again.',
    },
  },
  ...sameFor([20050, 20072], {
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书的登录服务暂时不可用。',
      en: "Feishu's sign-in service is not available at the moment.",
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试。',
      en: 'Nothing to do: Feidi tries again by itself.',
    },
  }),
  {
    code: 20074,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
    message: {
      'zh-CN': '应用没有开启登录自动续期。',
      en: 'The app does not allow sign-ins to be renewed.',
    },
    remedy: {
      'zh-CN':
        '请应用管理员在飞书开发者后台的“安全设置”中打开“刷新 user_access_token”的开关，发布后请重新登录。',
      en: 'Ask the app owner to turn on refreshing of user_access_token under "Security Settings" in the Feishu developer console and publish it, then sign in again.',
    },
  },
  {
    code: 20027,
    policy: 'block-account',
    domain: 'permission',
    actor: 'admin',
    message: {
      'zh-CN': '登录时申请的权限尚未在应用中开通[：{scopes}]。',
      en: 'The sign-in asks for a scope the app does not have[: {scopes}].',
    },
    remedy: {
      'zh-CN':
        '请应用管理员在飞书开发者后台的“权限管理”中开通飞递所需的权限，发布新版本后请重新登录。',
      en: 'Ask the app owner to add the scopes Feidi needs under "Permissions & Scopes" in the Feishu developer console and publish a new version, then sign in again.',
    },
  },
  {
    code: 20029,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
    message: {
      'zh-CN': '登录后返回飞递的地址没有在应用中登记。',
      en: 'The address that leads back to Feidi after signing in is not registered with the app.',
    },
    remedy: {
      'zh-CN':
        '请应用管理员在飞书开发者后台“安全设置”的“重定向 URL”中添加飞递登录时使用的地址，然后重新登录。',
      en: 'Ask the app owner to add the address Feidi uses for signing in to "Redirect URLs" under "Security Settings" in the Feishu developer console, then sign in again.',
    },
  },
  ...sameFor([20005, 20006], {
    ...REFRESH_ONCE,
    message: {
      'zh-CN': '登录已失效或过期。',
      en: 'The sign-in is no longer valid or has expired.',
    },
    remedy: {
      'zh-CN': '飞递会先自动更新登录；若仍不行，请重新登录。',
      en: 'Feidi renews the sign-in by itself first. If it still does not work, sign in again.',
    },
  }),
  {
    code: 20007,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '飞书没有给出新的登录凭证。',
      en: 'Feishu did not hand out a new sign-in.',
    },
    remedy: SIGN_IN_AGAIN,
  },
  {
    code: 20008,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
    message: {
      'zh-CN': '飞书中已没有登录时的这个用户。',
      en: 'The person who signed in no longer exists in Feishu.',
    },
    remedy: {
      'zh-CN': '请飞书管理员确认该用户是否已被删除，或改用其他账号登录。',
      en: 'Ask your Feishu admin whether the person was removed, or sign in with another account.',
    },
  },
  {
    code: 20066,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
    message: {
      'zh-CN': '登录用户的状态不正常，可能已离职或被冻结。',
      en: 'The person who signed in has no valid status in Feishu: they may have left or been frozen.',
    },
    remedy: {
      'zh-CN': '请飞书管理员在管理后台恢复该用户，然后重试，或改用其他账号登录。',
      en: 'Ask your Feishu admin to restore the person in the Admin Console and retry, or sign in with another account.',
    },
  },
  {
    code: 20021,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
    message: {
      'zh-CN': '登录的用户已从企业离职。',
      en: 'The person who signed in has left the organization.',
    },
    remedy: {
      'zh-CN': '请改用在职的账号登录，或请飞书管理员恢复该用户。',
      en: 'Sign in with another account, or ask your Feishu admin to restore the person.',
    },
  },
  {
    code: 20022,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
    message: {
      'zh-CN': '登录的用户已被冻结。',
      en: 'The person who signed in is frozen.',
    },
    remedy: {
      'zh-CN': '请飞书管理员在管理后台解冻该用户，然后重试。',
      en: 'Ask your Feishu admin to unfreeze the person in the Admin Console, then retry.',
    },
  },
  {
    code: 20023,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
    message: {
      'zh-CN': '登录的用户还没有注册飞书。',
      en: 'The person who signed in is not registered with Feishu yet.',
    },
    remedy: {
      'zh-CN': '请先在飞书客户端完成注册并加入企业，再重新登录；若仍不行，请联系飞书管理员。',
      en: 'Finish registering in the Feishu client and join the organization, then sign in again. If it still does not work, ask your Feishu admin.',
    },
  },
  {
    code: 20024,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '保存的登录属于另一个应用。',
      en: 'The saved sign-in belongs to another app.',
    },
    remedy: {
      'zh-CN': '请核对飞递账号设置中的 App ID，并用这个应用重新登录。',
      en: 'Check the App ID in the account settings of Feidi and sign in again with this app.',
    },
  },
  {
    code: 20036,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '飞书不再支持飞递使用的这种登录方式。',
      en: 'Feishu does not support the way Feidi signs in here.',
    },
    remedy: {
      'zh-CN': '请改用浏览器登录或应用凭证，并更新飞递。',
      en: 'Sign in with the browser or use app credentials instead, and update Feidi.',
    },
  },
  ...sameFor([20001, 20063, 20067, 20070], {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '飞书认为飞递的登录请求写法有误。',
      en: 'Feishu found the sign-in request of Feidi to be incorrect.',
    },
    remedy: {
      'zh-CN': '请更新飞递；若仍不行，请把日志编号提供给飞书技术支持。排队的文件都会保留。',
      en: 'Update Feidi. If it still does not work, give the log ID to Feishu support. All queued files are kept.',
    },
  }),
  {
    code: 20068,
    policy: 'block-account',
    domain: 'permission',
    actor: 'admin',
    message: {
      'zh-CN': '登录时申请的权限没有得到授权[：{scopes}]。',
      en: 'A scope that the sign-in asks for is not granted[: {scopes}].',
    },
    remedy: {
      'zh-CN':
        '请应用管理员在飞书开发者后台的“权限管理”中开通飞递所需的权限，发布新版本后请重新登录。',
      en: 'Ask the app owner to add the scopes Feidi needs under "Permissions & Scopes" in the Feishu developer console and publish a new version, then sign in again.',
    },
  },
  {
    code: 21000,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '企业的安全策略要求先完成一次验证。',
      en: 'A security policy of your organization asks you to verify first.',
    },
    remedy: {
      'zh-CN': '请[打开 {link} ]完成验证，然后重试；若仍不行，请在飞递中重新登录。',
      en: 'Complete the verification[ at {link}], then retry. If it still does not work, sign in to Feidi again.',
    },
  },
  {
    code: 21001,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
    message: {
      'zh-CN': '企业的安全策略不允许这次访问。',
      en: 'A security policy of your organization does not allow this access.',
    },
    remedy: {
      'zh-CN': '请飞书管理员检查安全策略，或在允许的网络和设备上重试[，详见 {link}]。',
      en: 'Ask your Feishu admin about the policy, or retry on a network and device that it allows[; see {link}].',
    },
  },
]
