import type { time as english } from '../en/time.ts'
import type { Words } from '../words.ts'

export const time: Words<typeof english> = {
  seconds: '{n} 秒',
  minutes: '{n} 分钟',
  hours: '{n} 小时',
  hoursAndMinutes: '{hours} 小时 {minutes} 分',
  days: '{count} 天',
  dayAndTime: '{day} {time}',
  atTime: '{time}',
  nearDayAtTime: '{day} {time}',
  dayAtTime: '{day} {time}',
}
