import type { localNetwork as english } from '../../en/errors/local-network.ts'
import type { Wordings } from '../../words.ts'

export const localNetwork: Wordings<typeof english> = {
  'dns-failed': {
    message: '找不到飞书服务器的网络地址。',
    remedy: '无需处理，网络恢复后飞递会自动继续。',
    finalRemedy: '请检查本机能否上网、DNS 和代理设置是否正确，然后重试。',
  },
  'connection-refused': {
    message: '无法连接到飞书服务器。',
    remedy: '无需处理，能够连接后飞递会自动继续。',
    finalRemedy:
      '请检查网络、防火墙和代理设置，确认能打开 open.feishu.cn 或 open.larksuite.com，然后重试。',
  },
  'connection-lost': {
    message: '与飞书的连接中断了。',
    remedy: '无需处理，网络恢复后飞递会自动接着上传。',
    finalRemedy: '请检查网络是否稳定，然后重试。',
  },
  'idle-timeout': {
    message: '飞书长时间没有回应。',
    remedy: '无需处理，飞递会自动重试并接着上传。',
    finalRemedy: '请检查网络是否稳定、代理是否允许较长的上传，然后重试。',
  },
  'tls-untrusted': {
    message: '无法确认对方就是飞书服务器，因为它的安全证书不受信任。',
    remedy:
      '请检查本机的日期和时间，并完成公共网络的登录；若公司网络会检查加密流量，请 IT 部门把根证书加入系统证书库，或在飞递的网络设置中指定证书文件，然后重试。',
  },
  'proxy-refused': {
    message: '代理服务器拒绝了连接。',
    remedy:
      '请核对代理的地址、用户名和密码，并请网络管理员放行 open.feishu.cn 或 open.larksuite.com，然后重试。',
  },
  'bad-response': {
    message: '收到的回应不完整，或不是来自飞书。',
    remedy: '无需处理，飞递会核对结果并自动重试。',
    finalRemedy:
      '若正在使用公共网络，请先在浏览器中完成网络登录；使用代理时，请确认它没有改写飞书的回应，然后重试。',
  },
  'http-error': {
    message: '飞书服务器或途中的网关暂时无法处理请求。',
    remedy: '无需处理，飞递会核对结果并自动重试。',
  },
  'connection-metered': {
    message: '当前网络按流量计费，上传已暂停。',
    remedy: '换到其他网络后自动继续；要在这个网络上也上传，请加上 --use-metered 启动。',
  },
}
