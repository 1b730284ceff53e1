import type { EntryBody } from '../catalogue-entry.ts'
import type { UploadErrorCode } from '../error-code.ts'

/** What Feidi itself finds out about an upload under way. */
export const UPLOAD_BODIES = {
  'transaction-expired': {
    policy: 'restart-upload',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '这次上传在飞书上已失效，未完成的上传最多保留 24 小时。',
      en: 'This upload is no longer valid at Feishu, which keeps an unfinished one for 24 hours at most.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动从头上传这个文件。',
      en: 'Nothing to do: Feidi uploads the file again from the start by itself.',
    },
  },
  'plan-invalid': {
    policy: 'restart-upload',
    maxAttempts: 2,
    afterwards: 'fail-file',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书给出的分片安排不适合这个文件。',
      en: 'The parts Feishu planned do not fit the file.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动从头上传这个文件。',
      en: 'Nothing to do: Feidi uploads the file again from the start by itself.',
    },
    finalRemedy: {
      'zh-CN': '请稍后重试；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。',
      en: 'Retry later. If it still does not work, update Feidi or give the log ID to Feishu support.',
    },
  },
  'restarted-too-often': {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '飞递多次从头上传这个文件，都没有完成。',
      en: 'Feidi began this file again several times without completing it.',
    },
    remedy: {
      'zh-CN':
        '请确认文件没有在变化、网络稳定，然后重试；若仍不行，请把日志编号提供给飞书技术支持。',
      en: 'Make sure the file is not changing and the network is stable, then retry. If it still does not work, give the log ID to Feishu support.',
    },
  },
  'outcome-unknown': {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '没有收到飞书的回应，目标位置又出现了同名文件，无法确认是不是这个文件。',
      en: "Feishu's answer was lost, and a file of that name has appeared: it is not certain whether it is this one.",
    },
    remedy: {
      'zh-CN':
        '请在飞书中查看目标位置：文件已在就无需再传，不在请重试。为应用开通 drive:file:download 后，飞递可以自己核对。',
      en: 'Look at the destination in Feishu: if the file is there, nothing is left to do; if not, retry. With the scope drive:file:download Feidi can compare by itself.',
    },
  },
  'daily-quota-used': {
    policy: 'wait-rate-limit',
    domain: 'quota',
    actor: 'wait',
    message: {
      'zh-CN': '今日的飞书调用额度（10,000 次）已用完。',
      en: "Today's Feishu quota of 10,000 calls is used up.",
    },
    remedy: {
      'zh-CN': '无需处理，额度在次日 00:00 恢复后会自动继续。',
      en: 'Nothing to do: Feidi goes on by itself when the quota is back at 00:00.',
    },
  },
  'daily-quota-suspected': {
    policy: 'wait-rate-limit',
    domain: 'quota',
    actor: 'wait',
    message: {
      'zh-CN': '今日的飞书调用额度可能已用完：飞书一直要求稍后再试。',
      en: "Today's Feishu quota may be used up: Feishu keeps asking to try later.",
    },
    remedy: {
      'zh-CN': '无需处理，飞递会隔一段时间自动再试，额度恢复后继续；也可以点“重试”立即再试。',
      en: 'Nothing to do: Feidi tries again now and then and goes on when the quota is back. "Retry" tries at once.',
    },
  },
  'gave-up-waiting': {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '等待的时间过长，飞递已停止尝试。',
      en: 'It took too long, so Feidi stopped trying.',
    },
    remedy: {
      'zh-CN': '请检查网络后重试；24 小时内会接着已上传的部分继续。',
      en: 'Check the network and retry. Within 24 hours the upload goes on from what is already there.',
    },
  },
  'maybe-there-already': {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '文件夹里已有同名文件，可能就是这个文件：恢复或搬动数据目录之前它也许已经传过。',
      en: 'The folder has a file of that name, which may be this very file: it may have gone up before the data folder was moved or put back.',
    },
    remedy: {
      'zh-CN': '请在飞书中核对。内容一致就不用再传；否则请重试，飞递会上传它并保留两个文件。',
      en: 'Look at it in Feishu. If it is the same, there is nothing to do; otherwise retry, and Feidi uploads it beside the other.',
    },
  },
} satisfies Record<UploadErrorCode, EntryBody>
