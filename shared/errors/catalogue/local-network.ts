import type { EntryBody } from '../catalogue-entry.ts'
import type { NetworkErrorCode } from '../error-code.ts'

/** The way to Feishu. */
export const NETWORK_BODIES = {
  'dns-failed': {
    policy: 'backoff',
    domain: 'network',
    actor: 'wait',
    message: {
      'zh-CN': '找不到飞书服务器的网络地址。',
      en: 'The network address of the Feishu server could not be found.',
    },
    remedy: {
      'zh-CN': '无需处理，网络恢复后飞递会自动继续。',
      en: 'Nothing to do: Feidi goes on by itself when the network is back.',
    },
    finalRemedy: {
      'zh-CN': '请检查本机能否上网、DNS 和代理设置是否正确，然后重试。',
      en: 'Check that this computer is online and that its DNS and proxy settings are right, then retry.',
    },
  },
  'connection-refused': {
    policy: 'backoff',
    domain: 'network',
    actor: 'wait',
    message: { 'zh-CN': '无法连接到飞书服务器。', en: 'The Feishu server could not be reached.' },
    remedy: {
      'zh-CN': '无需处理，能够连接后飞递会自动继续。',
      en: 'Nothing to do: Feidi goes on by itself when the server can be reached.',
    },
    finalRemedy: {
      'zh-CN':
        '请检查网络、防火墙和代理设置，确认能打开 open.feishu.cn 或 open.larksuite.com，然后重试。',
      en: 'Check the network, firewall and proxy settings and make sure open.feishu.cn or open.larksuite.com can be opened, then retry.',
    },
  },
  'connection-lost': {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'network',
    actor: 'wait',
    message: { 'zh-CN': '与飞书的连接中断了。', en: 'The connection to Feishu was lost.' },
    remedy: {
      'zh-CN': '无需处理，网络恢复后飞递会自动接着上传。',
      en: 'Nothing to do: Feidi goes on where it stopped when the network is back.',
    },
    finalRemedy: {
      'zh-CN': '请检查网络是否稳定，然后重试。',
      en: 'Check that the network is stable, then retry.',
    },
  },
  'idle-timeout': {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'network',
    actor: 'wait',
    message: { 'zh-CN': '飞书长时间没有回应。', en: 'Feishu did not respond for a long time.' },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试并接着上传。',
      en: 'Nothing to do: Feidi tries again and goes on where it stopped.',
    },
    finalRemedy: {
      'zh-CN': '请检查网络是否稳定、代理是否允许较长的上传，然后重试。',
      en: 'Check that the network is stable and that a proxy, if any, allows long uploads, then retry.',
    },
  },
  'tls-untrusted': {
    policy: 'block-account',
    domain: 'network',
    actor: 'you',
    message: {
      'zh-CN': '无法确认对方就是飞书服务器，因为它的安全证书不受信任。',
      en: 'The server could not be verified as Feishu because its security certificate is not trusted.',
    },
    remedy: {
      'zh-CN':
        '请检查本机的日期和时间，并完成公共网络的登录；若公司网络会检查加密流量，请向 IT 部门索取根证书文件，在飞递的网络设置中指定后重试。',
      en: 'Check the date and time of this computer and sign in to the public network if there is one. If your company inspects encrypted traffic, ask IT for its root certificate file, set it in the network settings of Feidi and retry.',
    },
  },
  'proxy-refused': {
    policy: 'block-account',
    domain: 'network',
    actor: 'you',
    message: { 'zh-CN': '代理服务器拒绝了连接。', en: 'The proxy server refused the connection.' },
    remedy: {
      'zh-CN':
        '请核对代理的地址、用户名和密码，并请网络管理员放行 open.feishu.cn 或 open.larksuite.com，然后重试。',
      en: "Check the proxy's address, user name and password, and ask your network admin to allow open.feishu.cn or open.larksuite.com, then retry.",
    },
  },
  'bad-response': {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'network',
    actor: 'wait',
    message: {
      'zh-CN': '收到的回应不完整，或不是来自飞书。',
      en: 'The answer was incomplete or did not come from Feishu.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会核对结果并自动重试。',
      en: 'Nothing to do: Feidi checks the outcome and tries again by itself.',
    },
    finalRemedy: {
      'zh-CN':
        '若正在使用公共网络，请先在浏览器中完成网络登录；使用代理时，请确认它没有改写飞书的回应，然后重试。',
      en: 'On a public network, sign in to it in a browser first. With a proxy, make sure it does not change the answers from Feishu, then retry.',
    },
  },
  'http-error': {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书服务器或途中的网关暂时无法处理请求。',
      en: 'The Feishu server or a gateway on the way cannot handle requests at the moment.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会核对结果并自动重试。',
      en: 'Nothing to do: Feidi checks the outcome and tries again by itself.',
    },
  },
} satisfies Record<NetworkErrorCode, EntryBody>
