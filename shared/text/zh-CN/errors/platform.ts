import type { platform as english } from '../../en/errors/platform.ts'
import type { Wordings } from '../../words.ts'

export const platform: Wordings<typeof english> = {
  99991400: {
    message: '飞书要求放慢请求的速度。',
    remedy: '无需处理，飞递会[在 {seconds} 秒后]自动继续。',
  },
  99991401: {
    message: '当前网络的 IP 地址不在应用的白名单里。',
    remedy:
      '请应用管理员在飞书开发者后台的“安全设置”中，把本机的出口 IP 加入“IP 白名单”，然后重试。',
  },
  99991403: {
    message: '企业本月的飞书接口调用额度已用完。',
    remedy:
      '无需处理，额度在下个月初恢复后会自动继续；如需提前恢复，请飞书管理员联系飞书增购额度。',
  },
  2200: {
    message: '飞书服务器繁忙。',
    remedy: '无需处理，飞递会自动重试。',
  },
  1069701: {
    message: '飞书没有认可当前的登录身份。',
    remedy: '请在飞递中重新登录，未完成的上传会接着进行。',
  },
  1069704: {
    message: '飞书暂时无法读取文件信息。',
    remedy: '无需处理，飞递会自动重试。',
  },
  970002: {
    message: '飞书没有给出这个文件的信息。',
    remedy: '请在飞书中打开它，确认它仍在并且你有权限，然后重试。',
  },
  970005: {
    message: '飞书中没有这个文件，或链接指向的不是文件。',
    remedy: '请在飞书中打开它，重新复制链接并选择目标。',
  },
  99992402: {
    message: '飞书认为这次请求的内容不完整或不正确。',
    remedy: '请重新选择目标后重试；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。',
  },
}
