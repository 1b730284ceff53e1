import type { localAccount as english } from '../../en/errors/local-account.ts'
import type { Wordings } from '../../words.ts'

export const localAccount: Wordings<typeof english> = {
  'credentials-missing': {
    message: '飞递还没有登录飞书。',
    remedy:
      '请在飞递中登录；在命令行中，可以运行 feidi login --new，或设置 FEIDI_APP_ID 和 FEIDI_APP_SECRET，或 FEIDI_ACCESS_TOKEN。',
  },
  'token-refused': {
    message: '飞书拒绝了当前的登录，飞递也无法自动更新它。',
    remedy:
      '请重新登录；使用 FEIDI_ACCESS_TOKEN 时请换一个新的令牌，使用应用凭证时请核对 App ID 和 App Secret。',
  },
  'signed-out': {
    message: '这个账号已经退出登录。',
    remedy: '请重新登录这个账号，未完成的上传会接着进行；也可以改用其他账号从头上传。',
  },
  'account-unknown': {
    message: '飞递不认识指定的账号[：{detail}]。',
    remedy: '请运行 feidi accounts 查看已登录的账号，或运行 feidi login 登录。',
  },
  'secret-elsewhere': {
    message: '这个账号的密钥由系统钥匙串保管，只有飞递桌面应用可以读取。',
    remedy:
      '请在飞递桌面应用中上传，或在命令行中运行 feidi login 登录，也可以设置 FEIDI_APP_ID 和 FEIDI_APP_SECRET。',
  },
  'sign-in-damaged': {
    message: '保存在本机的登录信息已损坏，无法读取[（{detail}）]。',
    remedy: '请重新登录这个账号；未完成的上传会继续。',
  },
  'sign-in-refused': {
    message: '飞书没有完成这次登录[：{detail}]。',
    remedy: '请重新登录；若仍不行，请核对应用的凭证和权限。',
  },
  'sign-in-denied': {
    message: '授权页上选择了拒绝，没有登录。',
    remedy: '如需使用这个账号，请重新登录并在授权页上同意。',
  },
  'sign-in-expired': {
    message: '没有在规定时间内完成登录。',
    remedy: '请重新开始登录。',
  },
  'sign-in-ports-taken': {
    message: '浏览器登录所用的本机端口都被其他程序占用[：{detail}]。',
    remedy: '请关闭占用端口的程序，或改用设备码登录。',
  },
  'sign-in-not-renewable': {
    message: '这次登录无法自动续期：飞书没有给出续期凭证，通常两小时后就会失效。',
    remedy:
      '请应用管理员在飞书开发者后台开通 offline_access 权限并允许刷新 user_access_token，发布后请重新登录；用设备码登录时可改用浏览器。失效后文件会保留在队列中。',
  },
  'sign-in-other-person': {
    message: '登录的不是预期的人[：{detail}]。没有保存或更改任何内容。',
    remedy: '请在飞书页面切换账号后重新登录；要添加另一个账号，请在登录时不指定账号。',
  },
  'sign-out-not-told': {
    message: '本机上的登录已清除，但没能让飞书撤销它[（{detail}）]。',
    remedy:
      '这次登录会自行过期。如果担心有人复制了这台电脑上的数据，请在飞书开发者后台重置 App Secret。',
  },
  'registration-unavailable': {
    message: '飞书目前不支持扫码创建应用[（{detail}）]。',
    remedy: '请在开发者后台创建应用：“手动设置”中已备好所需的全部内容。',
  },
  'registration-denied': {
    message: '应用没有创建：飞书中选择了拒绝。',
    remedy: '请重新开始并同意，或在开发者后台手动设置应用。',
  },
  'registration-expired': {
    message: '没有在规定时间内创建应用。',
    remedy: '请重新开始，获取新的二维码。',
  },
  'base-url-insecure': {
    message: '设置的服务器地址没有使用加密连接。',
    remedy:
      '请把服务器地址（--base-url 或 FEIDI_BASE_URL）改为以 https:// 开头，或去掉这项设置以使用飞书的地址。',
  },
  'ca-file-unreadable': {
    message: '无法读取设置中指定的根证书文件[：{detail}]。',
    remedy: '请确认文件存在、可以读取并且是 PEM 格式，或去掉这项设置。',
  },
  'clock-wrong': {
    message: '这台电脑的时间与飞书相差太多[：{detail}]。',
    remedy: '请在系统设置中打开自动设置时间，或手动校准时间和时区。',
  },
  'proxy-invalid': {
    message: '代理服务器的地址写法有误。',
    remedy: '请检查飞递的代理设置或环境变量 HTTPS_PROXY，写法如 http://proxy.example.com:8080。',
  },
  'limiter-invalid': {
    message: '共享限流服务的地址不可用。',
    remedy:
      '地址写法如 rediss://limits.example.com:6379（redis:// 仅限本机）；密码请填在单独的输入框或 FEIDI_LIMITER_PASSWORD 中。',
  },
  'limiter-unreachable': {
    message: '共享限流服务没有回应[：{detail}]。',
    remedy:
      '上传会继续，由本机自行控制速度。请检查该服务是否在运行、这台电脑能否连上它，以及密码是否正确。',
  },
  'proxy-unescaped': {
    message: '代理地址的用户名或密码中有不能直接书写的字符。',
    remedy:
      '请改写这些字符[：{detail}]，例如密码 p#1 写作 p%231。也可以在飞递的“设置 → 网络”中单独填写用户名和密码，在那里无需改写。',
  },
}
