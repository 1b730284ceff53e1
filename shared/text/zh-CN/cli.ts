import type * as english from '../en/cli.ts'
import type { Words } from '../words.ts'

export const cli: Words<typeof english.cli> = {
  unchanged: '已跳过：内容未变化，之前已上传',
  resumesAt: '{words}，{when} 继续',
  resumesOn: '{words}，{when} 继续',
  total: '总计',
  summary: '已上传 {done} 个，失败 {failed} 个，跳过 {skipped} 个，未完成 {unfinished} 个。',
  resumeHint: '进度已保存，运行 feidi resume 即可从断点继续。',
  blockedHint: '有 {count} 个文件需要处理：请按上面的说明操作，再运行 feidi resume 继续。',
  uncertainHint:
    '有 {count} 个文件无法确认是否已上传（见上面以 ? 开头的行）：请在飞书中查看，是你的文件就运行 feidi settle --mine，不是就运行 feidi settle --again。',
  unsettledHint: '有 {count} 个文件还不能上传（见上），请稍后再次运行 feidi watch --once。',
  forgot: '已忘记 {count} 条上传记录；飞书中的文件不受影响',
  forgotNothing: '没有上传记录',
  cleared: '已从列表清除 {count} 项上传，历史记录会保留',
  sensitiveFound: '发现 {count} 处可能不宜共享的内容：',
  sensitiveQuestion: '也要上传吗？[y/N]',
  interrupted: '正在停止……',
  error: '错误：{message}',
  whatToDo: '解决办法：{remedy}',
  code: '代码 {code}',
  logId: '日志编号 {logId}',
  home: '数据文件夹：{home}',
  homeFacts: '编号 {id}，进度 {generation}',
  neverUsed: '这里还没有上传过文件。',
  owner: '正在运行：{command}（进程 {pid}）',
  noOwner: '当前没有飞递在运行。',
  queueHeading: '队列',
  quotaHeading: '今日接口调用（北京时间 00:00 恢复）',
  quotaLine: '已用 {used}，剩余 {left}',
  unfinishedHeading: '未完成',
  andMore: '……另有 {count} 个',
  serving: '飞递正在运行。请在浏览器中打开这个链接：',
  link: '请在浏览器中打开这个链接：',
  linkLife: '链接只能用一次，10 分钟内有效；执行 feidi link 可获取新的链接。',
  signedIn: '已登录：',
  signedOut: '已退出登录：{name}',
  appId: 'App ID',
  appSecret: 'App Secret（输入时不显示）',
  openInBrowser: '请在这台电脑的浏览器中打开下面的链接，并在飞书的页面上同意授权：',
  typeCode:
    '请在任意设备的浏览器中打开下面的链接，核对代码 {code} 并同意授权（{minutes} 分钟内有效）：',
  accountApp: '应用身份',
  accountPerson: '个人账号',
  noAccounts: '还没有登录任何账号。运行 feidi login 登录。',
  noRules: '还没有监视规则。',
  confirmHint: '{state}：feidi rules confirm {rule}',
  ruleActive: '启用',
  rulePaused: '已暂停',
  ruleRemoved: '已删除',
  ruleSignedOut:
    '其账号已退出登录：运行 feidi login 重新登录，或用 feidi --account ID rules add … 换一个账号',
  planTotal:
    '将上传 {files} 个文件（{size}），跳过 {skip} 个，无法上传 {fail} 个；约需 {calls} 次接口调用。',
  planNothingSent: '这只是预演，没有发送任何内容。',
}

export const plan: Words<typeof english.plan> = {
  new: '新文件',
  changed: '有改动',
  again: '再传一次',
  unfinished: '接着上次继续',
  replaces: '替换之前上传的文件',
  'keeps-both': '保留之前上传的文件',
  'may-replace': '若有唯一的同名文件则替换，不论是谁放的',
  'may-skip': '若有同名文件则跳过',
  calls: '（{reasons}，{count} 次调用）',
  document: '转换为在线文档',
  separator: '，',
}

export const machine: Words<typeof english.machine> = {
  known: '属于这台电脑',
  unknown: '来自另一台电脑',
  'not-told': '这台电脑没有可识别的编号（例如在容器中）',
}

export const doctor: Words<typeof english.doctor> = {
  home: '数据文件夹',
  disk: '磁盘空间',
  certificates: '根证书',
  network: '网络',
  clock: '系统时间',
  credentials: '登录凭证',
  scopes: '权限',
  destination: '上传位置',
  quota: '今日剩余接口调用次数',
  fine: '正常',
  wrong: '有问题',
}
