import type { failure as english } from '../en/failure.ts'
import type { Words } from '../words.ts'

export const failure: Words<typeof english> = {
  tryAgain: '飞递已多次自动重试，仍未成功。请稍后再试；若仍不行，请把日志编号提供给飞书技术支持。',
  listSeparator: '、',
  anyScope: '{least}（推荐，权限最小）或 {others}',
  withRemedy: '{message}{remedy}',
  titleAndText: '{title}。{text}',
}
