import type { localHost as english } from '../../en/errors/local-host.ts'
import type { Wordings } from '../../words.ts'

export const localHost: Wordings<typeof english> = {
  'app-gone': {
    message: '飞递没有响应。',
    remedy: '请确认飞递仍在运行；页面会自动重新连接。',
  },
  'request-invalid': {
    message: '飞递没有看懂这个请求，因此没有执行。',
    remedy: '请刷新页面后重试；如果刚更新过飞递，请重新启动它。',
  },
  'request-refused': {
    message: '这个页面没有登录飞递，或登录已失效。',
    remedy: '请在运行飞递的电脑上执行 feidi link，并打开它显示的链接。',
  },
  'no-web-host': {
    message: '这个数据文件夹没有正在运行的网页版飞递。',
    remedy: '请用 feidi serve 启动，启动时也会显示链接。',
  },
  'transfer-gone': {
    message: '队列中已经没有这个文件。',
    remedy: '请刷新列表。',
  },
  'not-available-here': {
    message: '当前的打开方式不支持这个操作。',
    remedy: '请在飞递桌面应用中执行这个操作。',
  },
  'settings-file-invalid': {
    message: '这不是飞递的设置文件，或内容已被改动[：{detail}]。',
    remedy: '请重新导出设置（设置 → 通用，或执行 feidi settings export），再选择导出的文件。',
  },
  'folder-not-allowed': {
    message: '飞递不能从这个位置上传[：{detail}]。',
    remedy: '请选择允许范围内的文件夹，或在启动 feidi serve 时用 --allow 加入这个文件夹。',
  },
  'holds-own-state': {
    message: '飞递自己的数据不会上传[：{detail}]。',
    remedy: '请改选其中的其他文件夹。',
  },
  'folder-unreadable': {
    message: '无法打开这个文件夹[：{detail}]。',
    remedy: '请确认它存在，并且允许飞递读取。',
  },
  'spool-too-large': {
    message: '这个文件太大，不能通过浏览器发送[（上限 {detail}）]。',
    remedy: '请把它放到运行飞递的电脑上，再从那里添加。',
  },
  'account-fixed': {
    message: '账号由启动飞递时的环境变量决定，不能在这里更改。',
    remedy: '请更改 FEIDI_APP_ID 和 FEIDI_APP_SECRET（或 FEIDI_ACCESS_TOKEN），然后重新启动飞递。',
  },
  'keychain-missing': {
    message: '系统的钥匙串不可用，飞递无法安全地保存或读取密钥。',
    remedy: '请解锁系统的钥匙串（Linux 上需要 GNOME 密钥环或 KWallet），然后重新登录。',
  },
  'login-item-failed': {
    message: '系统没有接受“登录时启动”的设置[（{detail}）]。',
    remedy: '请在系统的“登录项”或“启动应用”设置中添加或移除飞递。',
  },
  'login-item-approval': {
    message: '需要先在系统中允许，飞递才能在登录时启动。',
    remedy: '请打开“系统设置”›“通用”›“登录项”，启用飞递。',
  },
  'alert-url-invalid': {
    message: '不能向这个地址发送消息。',
    remedy:
      '请使用以 https:// 开头、不含用户名的地址：自己的服务，或飞书群自定义机器人的 webhook。',
  },
  'alert-not-delivered': {
    message: '消息没有送达[（{detail}）]。',
    remedy: '请核对地址；若是飞书机器人，请核对签名密钥、关键词和 IP 白名单，然后发送测试消息。',
  },
  'update-unreachable': {
    message: '无法查询或下载新版本[（{detail}）]。',
    remedy: '请检查网络连接，稍后重试。',
  },
  'update-not-trusted': {
    message: '下载的文件没有飞递开发者的签名[（{detail}）]，因此没有安装。',
    remedy: '请稍后重试；如果仍然如此，请手动安装新版本，并告诉向你提供飞递的人。',
  },
  'update-not-installed': {
    message: '新版本[ {detail} ]没有安装成功，飞递继续使用原来的版本。',
    remedy: '请重试。在 macOS 上，请先把飞递移到“应用程序”文件夹；仍然不行时，请手动安装新版本。',
  },
}
