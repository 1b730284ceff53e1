import type { localUpload as english } from '../../en/errors/local-upload.ts'
import type { Wordings } from '../../words.ts'

export const localUpload: Wordings<typeof english> = {
  'transaction-expired': {
    message: '这次上传在飞书上已失效，未完成的上传最多保留 24 小时。',
    remedy: '无需处理，飞递会自动重新上传这个文件。',
  },
  'plan-invalid': {
    message: '飞书给出的分片安排不适合这个文件。',
    remedy: '无需处理，飞递会自动重新上传这个文件。',
    finalRemedy: '请稍后重试；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。',
  },
  'restarted-too-often': {
    message: '多次重新上传这个文件，都没有成功。',
    remedy: '请确认文件没有在变化、网络稳定，然后重试；若仍不行，请把日志编号提供给飞书技术支持。',
  },
  'outcome-unknown': {
    message: '没有收到飞书的回应，目标位置又出现了同名文件，无法确认是不是这个文件。',
    remedy:
      '请在飞书中打开它，确认是不是你的文件；不是就重新上传，飞递会保留两个文件。为应用开通 drive:file:download 后，飞递可以自行比对。',
  },
  'daily-quota-used': {
    message: '今日的飞书调用额度（10,000 次）已用完。',
    remedy: '无需处理，额度在次日 00:00 恢复后会自动继续。',
  },
  'daily-share-used': {
    message: '本机今日可用的飞书调用次数已用完。',
    remedy:
      '无需处理，剩余次数留给使用同一应用的其他电脑，飞递之后会自动继续；可在设置中调整本机的次数。',
  },
  'parts-reserved': {
    message: '今日剩余的调用次数不够传这个文件：要留给正在上传的文件，或者已经太少。',
    remedy: '无需处理，飞书只把未传完的文件保留一天，等到一天之内能传完时，飞递会自动开始。',
  },
  'upload-hours-short': {
    message: '现在剩余的上传时段不够传完这个文件。',
    remedy:
      '无需处理，飞书只把未传完的文件保留一天，飞递会在下一个上传时段开始时上传它；在设置中延长上传时段可以更早开始。',
  },
  'too-many-parts': {
    message: '文件太大，需要的调用次数[（{detail}）]超过飞书保留断点的一天内可用的次数。',
    remedy: '请把文件拆成几个较小的文件；如果在设置中限制了每天的调用次数，请调高。',
  },
  'line-too-slow': {
    message: '按现在的网速，飞书保留断点的一天之内传不完这个文件。',
    remedy: '请换用更快的网络、放宽限速或上传时段，或把文件拆小。',
  },
  'daily-quota-suspected': {
    message: '今日的飞书调用额度可能已用完：飞书一直要求稍后再试。',
    remedy: '无需处理，飞递会隔一段时间自动再试，额度恢复后继续；也可以点“立即重试”。',
  },
  'gave-up-waiting': {
    message: '等待的时间过长，飞递已停止尝试。',
    remedy: '请检查网络后重试；24 小时内会接着已上传的部分继续。',
  },
  'maybe-there-already': {
    message: '文件夹里已有同名文件，可能就是这个文件：恢复或搬动数据目录之前它也许已经传过。',
    remedy: '请在飞书中核对。内容一致就不用再传；否则请重试，飞递会上传它并保留两个文件。',
  },
}
