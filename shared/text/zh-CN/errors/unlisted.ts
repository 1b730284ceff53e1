import type { unlisted as english } from '../../en/errors/unlisted.ts'
import type { Wordings } from '../../words.ts'

export const unlisted: Wordings<typeof english> = {
  'unlisted-sign-in': {
    message: '飞书不再接受当前的登录凭证。',
    remedy: '请重新登录；使用应用凭证时，请核对 App ID 与 App Secret。',
  },
  'unlisted-forbidden': {
    message: '飞书拒绝了对这个位置的访问。',
    remedy: '请目标的所有者给你或应用“可编辑”权限，然后重试，或换一个位置。',
  },
  'unlisted-not-found': {
    message: '飞书上找不到要上传到的位置。',
    remedy: '请在飞书中打开目标，确认它没有被移动或删除，然后重新粘贴链接。',
  },
  'unlisted-too-fast': {
    message: '飞书要求放慢上传速度。',
    remedy: '无需处理，飞递会[在 {seconds} 秒后]自动继续。',
  },
  'unlisted-server-trouble': {
    message: '飞书服务器暂时无法处理请求。',
    remedy: '无需处理，飞递会自动重试，已上传的部分不会丢失。',
  },
  'unlisted-refused': {
    message: '飞书没有接受这个文件，原因不在飞递已知的范围内。',
    remedy: '请重试；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。',
  },
  'unlisted-account-refused': {
    message: '飞书没有让当前账号登录，原因不在飞递已知的范围内[：{detail}]。',
    remedy:
      '请核对账号设置或重新登录；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。排队的文件都会保留。',
  },
}
