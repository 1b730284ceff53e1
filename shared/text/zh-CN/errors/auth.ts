import type { auth as english } from '../../en/errors/auth.ts'
import type { Wordings } from '../../words.ts'

const CHECK_CREDENTIALS =
  '请在飞书开发者后台打开该应用，从“凭证与基础信息”中重新复制 App ID 和 App Secret，填入飞递的账号设置。'

const SIGN_IN_AGAIN = '请在飞递中重新登录，未完成的上传会接着进行。'

export const auth: Wordings<typeof english> = {
  99991543: {
    message: '飞书不认可应用的 App ID 或 App Secret。',
    remedy: CHECK_CREDENTIALS,
  },
  10003: {
    message: '飞书不认识这个 App ID：它的写法不对。',
    remedy: CHECK_CREDENTIALS,
  },
  10005: {
    message: '企业没有授权这个应用使用飞书。',
    remedy: '请飞书管理员在管理后台的“应用管理”中启用或安装该应用，然后重试。',
  },
  10012: {
    message: '飞书没有给出应用的访问凭证。',
    remedy: '无需处理，飞递会自动再试一次。',
    finalRemedy: CHECK_CREDENTIALS,
  },
  10014: {
    message: '飞书不允许这个应用登录：App ID 或 App Secret 不正确，或应用已停用。',
    remedy:
      '请在飞书开发者后台的“凭证与基础信息”中重新复制 App ID 和 App Secret；若两者无误，请飞书管理员启用该应用。',
  },
  10015: {
    message: '飞书不认可这个 App Secret。',
    remedy: CHECK_CREDENTIALS,
  },
  20013: {
    message: '飞书没有接受应用的访问凭证。',
    remedy: CHECK_CREDENTIALS,
  },
  99991661: {
    message: '飞书没有收到登录凭证。',
    remedy: SIGN_IN_AGAIN,
  },
  99991662: {
    message: '应用已停用，或尚未在企业中安装。',
    remedy: '请飞书管理员在管理后台的“应用管理”中启用或安装该应用，然后重试。',
  },
  99991663: {
    message: '应用的访问凭证已失效，或这项操作不支持应用身份。',
    remedy: '请核对 App ID 和 App Secret，或改用个人账号登录。',
  },
  99991664: {
    message: '飞书没有接受应用的访问凭证。',
    remedy: '请在飞书开发者后台的“凭证与基础信息”中核对 App ID 和 App Secret。',
  },
  99991668: {
    message: '登录已失效，或这项操作不支持个人账号。',
    remedy: SIGN_IN_AGAIN,
  },
  99991669: {
    message: '登录已失效，无法自动续期。',
    remedy: SIGN_IN_AGAIN,
  },
  99991671: {
    message: '访问凭证的格式不正确。',
    remedy: '请重新登录，或检查 FEIDI_ACCESS_TOKEN 是否完整。',
  },
  99991672: {
    message: '应用缺少所需的权限[：{anyScope}]。',
    remedy:
      '请应用管理员在飞书开发者后台的“权限管理”中开通，在“版本管理与发布”中发布新版本并经审核后重试。',
  },
  99991676: {
    message: '当前凭证没有执行这项操作的权限[：{scopes}]。',
    remedy: '请应用管理员在飞书开发者后台的“权限管理”中检查并开通权限，发布新版本后重新登录。',
  },
  99991677: {
    message: '登录已过期。',
    remedy: SIGN_IN_AGAIN,
  },
  99991679: {
    message: '你还没有授权应用使用所需的权限[：{anyScope}]。',
    remedy: '请点“授权并继续”，在飞书的授权页上同意；在命令行中，feidi doctor 会给出要运行的命令。',
  },
}
