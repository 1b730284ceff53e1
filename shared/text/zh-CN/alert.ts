import type { alert as english } from '../en/alert.ts'
import type { Words } from '../words.ts'

export const alert: Words<typeof english> = {
  trouble: '飞递（{host}）：{words}',
  attention: '飞递（{host}）：{words}。',
  test: '飞递（{host}）：这是一条测试消息。',
  'no-account': '没有登录账号，因此没有上传。',
  'account-blocked': '有账号无法上传。',
  stopped: '上传已停止。',
  offline: '无法连接飞书。',
  'folder-unreachable': '有监视的文件夹无法读取。',
  'nothing-uploaded': '超过设定的时间没有上传任何文件。',
}
