import type * as english from '../en/help.ts'
import type { Words } from '../words.ts'

export const help: Words<typeof english.help> = {
  feidi: '把文件可靠地上传到飞书 / Lark，中断后从断点继续。',
  home: '保存队列和进度的文件夹（FEIDI_HOME）',
  baseUrl: '接口地址，默认 https://open.feishu.cn（FEIDI_BASE_URL）',
  caFile: '额外信任的根证书（FEIDI_CA_FILE）',
  json: '每行输出一个 JSON 对象',
  quiet: '只输出错误',
  verbose: '在目标的名称旁同时输出 token',
  callsPerDay: '本机每天最多调用次数（与其他电脑共用应用时）',
  lanes: '同时进行的调用数：auto、serial 或数字',
  bandwidth: '上传限速，例如 2M 表示 2 MB/s',
  singleCallLimit: '不超过此大小的文件不分片上传：auto，或 0 到 20M',
  maxWait: '这么久没有进展就停止',
  accountOption: '使用的已登录账号，见 feidi accounts（FEIDI_ACCOUNT）',
  lang: 'zh-CN 或 en，默认跟随系统语言（FEIDI_LANG）',
  upload: '上传文件或整个文件夹；中断后再次运行即可继续',
  paths: '文件和文件夹',
  uploadTo:
    '文件夹、文档、电子表格、多维表格或知识库页面的链接；或 folder:TOKEN、docx:ID、sheet:TOKEN、base:APP/TABLE[/FIELD]、file:TOKEN、wiki:TOKEN、page:TOKEN（该知识库页面之下）、media:PARENT_TYPE:PARENT_NODE；或按名称的路径：my-space:/文件夹/文件夹、wiki-space:/知识库/页面',
  destinations: '列出某个位置中的文件夹，可直接用于 --to；不指定位置时列出我的空间和所有知识库',
  destinationsPlace:
    '按名称的路径（my-space:/文件夹、wiki-space:/知识库/页面），或文件夹的链接或 token',
  destinationsCreate: '新建路径中缺少的文件夹',
  sameName:
    '文件夹中有同名文件时：keep-both（都保留）、skip（跳过）或 overwrite（替换从这里上传的那个；没有则替换唯一的同名文件，不论是谁放的，但不会替换另一个本机文件的副本）',
  shareWith: '可以完全访问这些文件的人：open_id 或邮箱',
  asDocument:
    '把可以转换的文件（docx、doc、md、txt、html、xlsx、xls、csv）变成在线文档；目标须为文件夹或 page:TOKEN，其他文件照原样上传',
  tables: '配合 --as-document：电子表格变成 sheet（默认，电子表格）或 base（多维表格）',
  orFile: '无法转换为在线文档的文件，作为文件上传',
  allowSensitive: '也上传私钥、密码和整个用户文件夹',
  again: '已上传且没有变化的文件也重新上传',
  dryRun: '只显示将做什么、需要多少次调用，不发送任何内容',
  watch: '上传并持续监视文件夹；不指定文件夹时，监视所有启用的规则',
  watchDir: '文件夹；其中的内容直接放进目标',
  toAsUpload: '目标，写法同 upload',
  once: '只扫描一次，上传后退出',
  watchDryRun: '只显示将做什么、需要多少次调用，不发送也不保存任何内容',
  resume: '继续所有未完成的上传',
  failed: '也重试失败的上传',
  takeOver: '由当前账号从头上传该账号未完成的文件',
  settle: '结果不明且无法比对的上传：列出它们，或说明结果',
  settlePaths: '文件和文件夹，默认全部',
  mine: '飞书里找到的就是这个文件',
  token: '找到多个时，指定哪一个',
  settleAgain: '不是这个文件：把这个文件也上传',
  forget: '忘记文件或整个文件夹的上传记录，下次会重新上传；飞书中的文件不受影响',
  verify: '核对上传内容与本地文件是否一致，也可核对飞书中的内容；不一致时退出码为 1',
  verifyTargets: '文件、文件夹或传输 ID',
  verifyRemote: '同时向飞书查询文件是否还在、是否有改动：每个文件一次调用',
  verifyBytes: '同时下载并比较：sample（每个文件最多抽查 4 块，每块 4 MiB）或 all（全部）',
  verifyMaxCalls: '所有文件合计最多下载多少块（每块 4 MiB）',
  receipts: '列出上传完成时的记录：token、大小、内容哈希、校验和',
  receiptsPaths: '文件和文件夹，默认全部',
  receiptsCsv: '输出可用电子表格打开的表格',
  clear: '从列表清除已结束的上传；历史记录和已上传文件的记录都会保留',
  clearFailed: '也清除失败的上传',
  forgetPaths: '文件和文件夹，可以已不存在',
  status: '显示队列、未完成的上传和今日剩余接口调用次数',
  doctor: '检查上传所依赖的一切：每行显示正常，或问题和解决办法',
  doctorTo: '同时检查能否上传到这里',
  serve: '处理队列并在浏览器中显示；输出一个只能用一次的链接',
  host: '监听地址；本机以外需要设置 FEIDI_WEB_PASSWORD',
  port: '端口，0 表示任意空闲端口',
  publicUrl: '前置 TLS 代理的地址（https://…）；需要 FEIDI_WEB_PASSWORD，浏览器只能经它访问',
  alerts: '显示异常消息的接收方（FEIDI_ALERT_URL 或设置）',
  alertsTest: '发送一条测试消息',
  link: '为正在运行的 feidi serve 输出一个登录链接',
  allow: '除用户文件夹外，允许上传的文件夹',
  rules: '管理 feidi watch 监视的文件夹',
  rulesList: '显示所有规则',
  rulesAdd: '添加规则，或修改该文件夹和目标的规则',
  folder: '文件夹',
  rulesRemove: '停止监视；已上传的文件仍在飞书中，上传记录保留',
  ruleNames: '编号、编号的开头，或文件夹',
  rulesForget: '同时忘记它们的上传记录',
  rulesPause: '暂停这些规则的上传；正在运行的监视会立即响应',
  rulesResume: '继续已暂停的规则',
  rulesShow: '显示规则，以及将在飞书中进行的更改',
  rulesApprove: '批准规则将在飞书中进行的更改',
  settingsCommand: '把设置和监视的文件夹带到另一台电脑',
  settingsExport: '以 JSON 输出设置和监视的文件夹，不含密钥、地址和账号',
  settingsImport: '导入一个设置文件；其中监视的文件夹导入后处于暂停状态',
  settingsFile: '导出的文件',
  settingsYes: '不再询问',
  rulesConfirm: '监视的文件夹指向别处时，使用现在的文件夹',
  homeCommand: '显示队列保存在哪里、能否在这里使用',
  homeShow: '数据文件夹、进度，以及妨碍使用的原因',
  homeAdopt: '继续使用移动、复制或恢复过来的数据文件夹；会先查找可能已上传的文件',
  login: '通过自建应用，在浏览器中登录飞书或 Lark',
  newApp: '扫描二维码创建应用，然后登录',
  yesNew: '与 --new 一起使用：不询问权限，直接保存新应用',
  device: '改为显示代码，可在任意设备的浏览器中登录',
  lark: 'Lark（国际版），而不是飞书',
  appId: 'App ID；App Secret 会提示输入，或从 FEIDI_APP_SECRET 读取',
  asApp: '以应用身份上传，无需个人登录',
  for: '另外申请这些用途的权限，已授权的保留：{purposes}',
  scope: '改为只申请这些权限',
  logout: '退出账号并删除其密钥',
  logoutAccount: '默认为当前账号',
  accounts: '管理已登录的账号',
  accountsList: '显示所有账号，当前账号有标记',
  accountsUse: '选择未指定 --account 时用于上传的账号',
  accountName: '账号标识、名称或其中一部分',
  include: '只上传匹配的文件，写法同 .gitignore；可重复',
  exclude: '排除匹配的文件（常见临时文件之外）；!模式 表示重新包含',
  ruleShareWith: '可以完全访问已上传文件的人：open_id 或邮箱',
  ruleAsDocument:
    '把匹配的文件变成在线文档（如能转换），写法同 .gitignore，例如 *.docx；可多次使用',
  destinationsMore: `
名称中的斜杠写作 %2F。加上 --verbose 时，每个路径旁同时输出 token。他人的文件夹不在我的空间中，
请使用其链接或 token。`,
  watchMore: `
文件夹会成为一条规则，保存在数据文件夹中（见 feidi rules）。再次启动时（也可以只运行
feidi watch），会从断点继续，不会重复上传。对已有规则的文件夹给出的选项会修改该规则。
监视期间 --max-wait 不起作用：受阻的上传之后会继续。`,
  loginMore: `
--new 最快：由飞书创建一个为飞递配好的应用，保存密钥之前会先显示它的权限。
官方客户端也这样做，但飞书没有相关文档。

手动设置的应用需要在开发者后台的“安全设置”中添加这些重定向 URL：
{addresses}
并开通这些权限：{scopes}。
其他位置的权限用 --for 申请；feidi doctor 会显示还缺什么。
使用 --device 时不需要重定向 URL。`,
  more: `
登录凭证来自环境变量（自建应用的 FEIDI_APP_ID 和 FEIDI_APP_SECRET，或 FEIDI_ACCESS_TOKEN），
否则使用通过 feidi login 登录的账号。

退出码：0 全部完成，1 有失败或需要处理的文件，2 用法或配置错误，3 登录或权限问题，
75 已停止且有可继续的工作，130 被中断。`,
}

export const ruleOption: Words<typeof english.ruleOption> = {
  onChange: '已上传的文件有改动时：again（另存为新文件）、overwrite（替换）或 ignore（忽略）',
  onVanished: '已上传的文件不在飞书的原文件夹中时：tell（告知，默认）或 again（再次上传）',
  settleMs: '文件多久没有变化才上传，默认 2s',
  minimumBytes: '排除小于此大小的文件',
  maximumBytes: '排除大于此大小的文件',
  recursive: '只上传文件夹中直接的文件',
  initialFiles: '不上传已有的文件',
  subfolders: '所有文件放进同一个飞书文件夹，而不是同名子文件夹',
  followLinks: '跟随指向文件夹内部的链接',
  allowSensitive: '也上传私钥、密码等敏感文件',
  dedupe: '不上传与已上传文件内容相同的副本',
  overflowFolders: '飞书文件夹满了（1,500 项）时接着放进“名称 (2)”',
  follow: '本地重命名、移动或删除时，飞书中同样处理（删除需以个人身份登录，24 小时后移入回收站）',
  noticing: '定时查看，而不依赖系统通知（网络驱动器）',
}

export const usage: Words<typeof english.usage> = {
  usage: '用法：',
  optionsTitle: '选项：',
  globalOptionsTitle: '全局选项：',
  commandsTitle: '命令：',
  argumentsTitle: '参数：',
  withDefault: '{text}（默认：{value}）',
  optionsHint: '[选项]',
  commandHint: '[命令]',
  showHelp: '显示帮助',
  showVersion: '显示版本号',
  unknownOption: "错误：未知选项 '{name}'",
  unknownCommand: "错误：未知命令 '{name}'",
  missingArgument: "错误：缺少参数 '{name}'",
  optionMissingArgument: "错误：选项 '{name}' 缺少参数值",
  missingOption: "错误：必须指定选项 '{name}'",
  excessArguments: '错误：参数过多。应为 {expected} 个，实际 {given} 个。',
  didYouMean: '（是否想输入 {name}？）',
}
