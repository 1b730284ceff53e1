import type { EntryBody } from '../catalogue-entry.ts'
import type { AccountErrorCode } from '../error-code.ts'

/** Who we are, and how we are told to reach Feishu. */
export const ACCOUNT_BODIES = {
  'credentials-missing': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: { 'zh-CN': '飞递还没有登录飞书。', en: 'Feidi is not signed in to Feishu yet.' },
    remedy: {
      'zh-CN':
        '请在飞递中登录；在命令行中，也可以设置 FEIDI_APP_ID 和 FEIDI_APP_SECRET，或 FEIDI_ACCESS_TOKEN。',
      en: 'Sign in to Feidi. On the command line you can also set FEIDI_APP_ID and FEIDI_APP_SECRET, or FEIDI_ACCESS_TOKEN.',
    },
  },
  'token-refused': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '飞书拒绝了当前的登录，飞递也无法自动更新它。',
      en: 'Feishu refused the current sign-in, and Feidi could not renew it.',
    },
    remedy: {
      'zh-CN':
        '请重新登录；使用 FEIDI_ACCESS_TOKEN 时请换一个新的令牌，使用应用凭证时请核对 App ID 和 App Secret。',
      en: 'Sign in again. With FEIDI_ACCESS_TOKEN, set a new token; with an app, check the App ID and App Secret.',
    },
  },
  'signed-out': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '这个账号已经退出登录。',
      en: 'This account is signed out.',
    },
    remedy: {
      'zh-CN': '请重新登录这个账号，未完成的上传会接着进行；也可以改用其他账号从头上传。',
      en: 'Sign in with this account again, and unfinished uploads go on from where they are; or let another account begin them anew.',
    },
  },
  'account-unknown': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
    message: {
      'zh-CN': '飞递不认识指定的账号[：{detail}]。',
      en: 'Feidi does not know this account[: {detail}].',
    },
    remedy: {
      'zh-CN': '请运行 feidi accounts 查看已登录的账号，或运行 feidi login 登录。',
      en: 'Run `feidi accounts` to see who is signed in, or `feidi login` to sign in.',
    },
  },
  'secret-elsewhere': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '这个账号的密钥由系统钥匙串保管，只有飞递桌面应用可以读取。',
      en: 'The secret of this account is in the keychain of the system, which only the Feidi app can open.',
    },
    remedy: {
      'zh-CN':
        '请在飞递桌面应用中上传，或在命令行中运行 feidi login 登录，也可以设置 FEIDI_APP_ID 和 FEIDI_APP_SECRET。',
      en: 'Upload with the Feidi app, run `feidi login` on the command line, or set FEIDI_APP_ID and FEIDI_APP_SECRET.',
    },
  },
  'sign-in-damaged': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '保存在本机的登录信息已损坏，无法读取[（{detail}）]。',
      en: 'The sign-in that was kept on this computer is damaged and can not be read[ ({detail})].',
    },
    remedy: {
      'zh-CN': '请重新登录这个账号；未完成的上传会继续。',
      en: 'Sign in to this account again. Uploads that are not finished go on.',
    },
  },
  'sign-in-refused': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '飞书没有完成这次登录[：{detail}]。',
      en: 'Feishu did not complete the sign-in[: {detail}].',
    },
    remedy: {
      'zh-CN': '请重新登录；若仍不行，请核对应用的凭证和权限。',
      en: 'Sign in again. If it still does not work, check the app credentials and its scopes.',
    },
  },
  'sign-in-denied': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '授权页上选择了拒绝，没有登录。',
      en: 'The sign-in was declined on the authorization page.',
    },
    remedy: {
      'zh-CN': '如需使用这个账号，请重新登录并在授权页上同意。',
      en: 'To use this account, sign in again and agree on the authorization page.',
    },
  },
  'sign-in-expired': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '没有在规定时间内完成登录。',
      en: 'The sign-in was not completed in time.',
    },
    remedy: {
      'zh-CN': '请重新开始登录。',
      en: 'Start to sign in again.',
    },
  },
  'sign-in-ports-taken': {
    policy: 'block-account',
    domain: 'local',
    actor: 'you',
    message: {
      'zh-CN': '浏览器登录所用的本机端口都被其他程序占用[：{detail}]。',
      en: 'Other programs use all the ports of this computer that a sign-in in the browser needs[: {detail}].',
    },
    remedy: {
      'zh-CN': '请关闭占用端口的程序，或改用设备码登录。',
      en: 'Close the program that uses them, or sign in with a device code.',
    },
  },
  'sign-in-not-renewable': {
    policy: 'stop',
    domain: 'local',
    actor: 'admin',
    message: {
      'zh-CN': '这次登录无法自动续期：飞书没有给出续期凭证，通常两小时后就会失效。',
      en: 'This sign-in cannot be renewed: Feishu issued no refresh token, so it usually ends after two hours.',
    },
    remedy: {
      'zh-CN':
        '请应用管理员在飞书开发者后台开通 offline_access 权限并允许刷新 user_access_token，发布后请重新登录；用设备码登录时可改用浏览器。失效后文件会保留在队列中。',
      en: 'Ask the app owner to add the scope offline_access and allow refreshing of user_access_token in the Feishu developer console, then sign in again; instead of a device code, try the browser. Files stay queued when it ends.',
    },
  },
  'sign-out-not-told': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
    message: {
      'zh-CN': '本机上的登录已清除，但没能让飞书撤销它[（{detail}）]。',
      en: 'The sign-in is gone from this computer, but Feishu could not be told to revoke it[ ({detail})].',
    },
    remedy: {
      'zh-CN':
        '这次登录会自行过期。如果担心有人复制了这台电脑上的数据，请在飞书开发者后台重置 App Secret。',
      en: 'The sign-in expires by itself. If the data of this computer may have been copied, reset the App Secret in the Feishu developer console.',
    },
  },
  'base-url-insecure': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
    message: {
      'zh-CN': '设置的服务器地址没有使用加密连接。',
      en: 'The configured server address does not use an encrypted connection.',
    },
    remedy: {
      'zh-CN':
        '请把服务器地址（--base-url 或 FEIDI_BASE_URL）改为以 https:// 开头，或去掉这项设置以使用飞书的地址。',
      en: 'Change the server address (--base-url or FEIDI_BASE_URL) to one that begins with https://, or remove it to use the address of Feishu.',
    },
  },
  'ca-file-unreadable': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
    message: {
      'zh-CN': '无法读取设置中指定的根证书文件[：{detail}]。',
      en: 'The root certificate file named in the settings cannot be read[: {detail}].',
    },
    remedy: {
      'zh-CN': '请确认文件存在、可以读取并且是 PEM 格式，或去掉这项设置。',
      en: 'Make sure the file exists, can be read and is in PEM format, or remove the setting.',
    },
  },
  'clock-wrong': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
    message: {
      'zh-CN': '这台电脑的时间与飞书相差太多[：{detail}]。',
      en: 'The clock of this computer is too far from that of Feishu[: {detail}].',
    },
    remedy: {
      'zh-CN': '请在系统设置中打开自动设置时间，或手动校准时间和时区。',
      en: 'Let the system set the time by itself, or correct the time and the time zone.',
    },
  },
  'proxy-invalid': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
    message: {
      'zh-CN': '代理服务器的地址写法有误。',
      en: 'The address of the proxy server is not written correctly.',
    },
    remedy: {
      'zh-CN': '请检查飞递的代理设置或环境变量 HTTPS_PROXY，写法如 http://proxy.example.com:8080。',
      en: 'Check the proxy setting of Feidi or the environment variable HTTPS_PROXY; it should look like http://proxy.example.com:8080.',
    },
  },
  'proxy-unescaped': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
    message: {
      'zh-CN': '代理地址的用户名或密码中有不能直接书写的字符。',
      en: 'The user name or password in the address of the proxy server holds characters that can not stand there as they are.',
    },
    remedy: {
      'zh-CN':
        '请改写这些字符[：{detail}]，例如密码 p#1 写作 p%231。也可以在飞递的“设置 → 网络”中单独填写用户名和密码，在那里无需改写。',
      en: 'Write these characters differently[: {detail}]; a password p#1 becomes p%231, for example. Or enter user name and password under Settings → Network in Feidi, where nothing needs rewriting.',
    },
  },
} satisfies Record<AccountErrorCode, EntryBody>
