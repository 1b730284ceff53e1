import type { Language, Text } from '#shared/text/language.ts'

/** Words that only the command needs. `{name}` is filled in. */
const TEXTS = {
  resumed: { 'zh-CN': '已从第 {part} 片继续', en: 'Resumed from part {part}' },
  restartedForChange: {
    'zh-CN': '文件有改动，已重新开始',
    en: 'The file changed, started again',
  },
  restarted: {
    'zh-CN': '上次的上传已失效，已重新开始',
    en: 'The earlier upload is no longer valid, started again',
  },
  unchanged: {
    'zh-CN': '已跳过：内容未变化，之前已上传',
    en: 'Skipped: unchanged, it is up already',
  },
  goesOnAt: { 'zh-CN': '{words}，{time} 继续', en: '{words}, goes on at {time}' },
  total: { 'zh-CN': '总计', en: 'Total' },
  summary: {
    'zh-CN': '已上传 {done} 个，失败 {failed} 个，跳过 {skipped} 个，未完成 {unfinished} 个。',
    en: '{done} uploaded, {failed} failed, {skipped} skipped, {unfinished} unfinished.',
  },
  resumeHint: {
    'zh-CN': '进度已保存，运行 feidi resume 即可从断点继续。',
    en: 'Progress is saved: `feidi resume` carries on from there.',
  },
  blockedHint: {
    'zh-CN': '有 {count} 个文件需要你处理：照上面的说明做好后，运行 feidi resume 继续。',
    en: '{count} need you: do as is said above, then `feidi resume` carries on.',
  },
  unsettledHint: {
    'zh-CN': '有 {count} 个文件还不能上传（见上），请稍后再次运行 feidi watch --once。',
    en: '{count} not ready yet (see above): run `feidi watch --once` again later.',
  },
  uncertainHint: {
    'zh-CN':
      '有 {count} 个文件无法确认是否已上传（见上面以 ? 开头的行）：请在飞书中查看，是你的文件就运行 feidi settle --mine，不是就运行 feidi settle --again。',
    en: '{count} may be up or not (lines with "?" above). Look in Feishu: if the file is yours, run `feidi settle --mine`, otherwise `feidi settle --again`.',
  },
  forgot: {
    'zh-CN': '已忘记 {copies} 条上传记录；飞书中的文件不受影响',
    en: 'forgotten (copies: {copies}); what is in Feishu stays there',
  },
  forgotNothing: {
    'zh-CN': '没有上传记录',
    en: 'nothing was known of it',
  },
  sensitiveFound: {
    'zh-CN': '发现 {count} 处可能不宜共享的内容：',
    en: 'Found what may better not be shared ({count}):',
  },
  sensitiveQuestion: { 'zh-CN': '也要上传吗？[y/N]', en: 'Upload it as well? [y/N]' },
  interrupted: { 'zh-CN': '正在停止……', en: 'Stopping…' },
  errorPrefix: { 'zh-CN': '错误', en: 'Error' },
  whatToDo: { 'zh-CN': '怎么办', en: 'What to do' },
  smallPrint: { 'zh-CN': '代码 {code}', en: 'code {code}' },
  logId: { 'zh-CN': '日志编号 {logId}', en: 'log id {logId}' },
  progressLine: {
    'zh-CN': '进度 {percent}% · {sent} / {total} · {speed}/s',
    en: '{percent}% · {sent} of {total} · {speed}/s',
  },
  home: { 'zh-CN': '数据文件夹', en: 'Home' },
  homeFacts: { 'zh-CN': '编号 {id}，进度 {generation}', en: 'id {id}, generation {generation}' },
  'machine-known': { 'zh-CN': '属于这台电脑', en: 'belongs to this computer' },
  'machine-unknown': { 'zh-CN': '来自另一台电脑', en: 'comes from another computer' },
  'machine-not-told': {
    'zh-CN': '这台电脑没有可识别的编号（例如在容器中）',
    en: 'nothing tells this computer from others (a container, say)',
  },
  neverUsed: { 'zh-CN': '这里还没有上传过文件。', en: 'Nothing was ever uploaded from here.' },
  owner: {
    'zh-CN': '正在运行：{command}（进程 {pid}）',
    en: 'Running: {command} (process {pid})',
  },
  noOwner: { 'zh-CN': '当前没有飞递在运行。', en: 'Feidi is not running.' },
  queueHeading: { 'zh-CN': '队列', en: 'Queue' },
  quotaHeading: {
    'zh-CN': '今日接口调用（北京时间 00:00 重新计数）',
    en: "Today's API calls (counted anew at 00:00 Beijing time)",
  },
  quotaLine: { 'zh-CN': '已用 {used}，剩余 {left}', en: '{used} used, {left} left' },
  unfinishedHeading: { 'zh-CN': '未完成', en: 'Unfinished' },
  andMore: { 'zh-CN': '……另有 {count} 个', en: '… and {count} more' },
  serving: {
    'zh-CN': '飞递正在运行。请在浏览器中打开这个链接（只能用一次）：',
    en: 'Feidi is running. Open this link in a browser (it works once):',
  },
  signedIn: { 'zh-CN': '已登录：', en: 'Signed in:' },
  signedOut: { 'zh-CN': '已退出登录：{name}', en: 'Signed out: {name}' },
  appSecret: {
    'zh-CN': 'App Secret（输入时不显示）',
    en: 'App Secret (not shown while you type)',
  },
  openInBrowser: {
    'zh-CN': '请在这台电脑的浏览器中打开下面的链接，并在飞书的页面上同意授权：',
    en: 'Open this link in a browser on this computer and agree on the page of Feishu:',
  },
  typeCode: {
    'zh-CN':
      '请在任意设备的浏览器中打开下面的链接，核对代码 {code} 并同意授权（{minutes} 分钟内有效）：',
    en: 'Open this link in a browser on any device, check the code {code} and agree (within {minutes} min):',
  },
  accountApp: { 'zh-CN': '应用身份', en: 'app' },
  accountPerson: { 'zh-CN': '个人账号', en: 'person' },
  noAccounts: {
    'zh-CN': '还没有登录任何账号。运行 feidi login 登录。',
    en: 'Nobody is signed in. `feidi login` signs in.',
  },
  noRules: { 'zh-CN': '还没有监视规则。', en: 'There are no watch rules.' },
  ruleActive: { 'zh-CN': '启用', en: 'active' },
  rulePaused: { 'zh-CN': '已暂停', en: 'paused' },
  ruleRemoved: { 'zh-CN': '已删除', en: 'removed' },
  ruleSignedOut: {
    'zh-CN':
      '其账号已退出登录：`feidi login` 重新登录，或用 `feidi --account ID rules add …` 换一个',
    en: 'its account has signed out: `feidi login`, or another one by `feidi --account ID rules add …`',
  },
  planNew: { 'zh-CN': '新文件', en: 'new' },
  planChanged: { 'zh-CN': '有改动', en: 'changed' },
  planAgain: { 'zh-CN': '再传一次', en: 'once more' },
  planUnfinished: { 'zh-CN': '接着上次继续', en: 'goes on where it stopped' },
  planReplaces: { 'zh-CN': '替换之前上传的文件', en: 'replaces the one that is up' },
  planKeepsBoth: { 'zh-CN': '保留之前上传的文件', en: 'the one that is up is kept' },
  planMayReplace: {
    'zh-CN': '若有唯一的同名文件则替换，不论是谁放的',
    en: 'replaces the only file of that name if there is one, no matter who put it there',
  },
  planMaySkip: {
    'zh-CN': '若有同名文件则跳过',
    en: 'skipped if there is a file of that name',
  },
  planCalls: { 'zh-CN': '（{reason}，{calls} 次调用）', en: '({reason}, calls: {calls})' },
  planTotal: {
    'zh-CN':
      '将上传 {files} 个文件（{size}），跳过 {skip} 个，无法上传 {fail} 个；约需 {calls} 次接口调用。',
    en: 'To upload: {files} files ({size}); to skip: {skip}; cannot go: {fail}. About {calls} API calls.',
  },
  planNothingSent: {
    'zh-CN': '这只是预演，没有发送任何内容。',
    en: 'A dry run: nothing was sent.',
  },
} as const satisfies Record<string, Text>

/** A sentence in the person's language, with its values filled in. */
export function say(
  key: keyof typeof TEXTS,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return TEXTS[key][language].replace(/\{(\w+)\}/g, (hole, name: string) =>
    String(values[name] ?? hole),
  )
}
