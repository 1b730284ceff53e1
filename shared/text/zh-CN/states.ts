import type * as english from '../en/states.ts'
import type { Words } from '../words.ts'

export const state: Words<typeof english.state> = {
  queued: '排队中',
  preparing: '正在准备',
  sending: '正在上传',
  finishing: '即将完成',
  attaching: '正在写入目标',
  waiting: '等待中',
  paused: '已暂停',
  blocked: '需要处理',
  failed: '上传失败',
  skipped: '已跳过',
  cancelled: '已取消',
  done: '已完成',
}

export const stateLine: Words<typeof english.stateLine> = {
  sending: '正在上传 {percent}%',
  withReason: '{state}：{reason}',
}

export const planned: Words<typeof english.planned> = {
  calls: '排队中，{day}上传：此前已没有剩余的 API 调用次数',
  time: '排队中，{day}上传：此前已没有剩余的上传时间',
  month: '排队中，{day}上传：本月的 API 调用次数已用完',
  orLater: '{day}或更晚',
}

export const wait: Words<typeof english.wait> = {
  network: '等待网络恢复',
  'rate-limit': '飞书正在限流',
  quota: '今日调用额度已用完',
  month: '本月调用额度已用完',
  share: '本机暂无可用的调用次数',
  reserved: '调用次数留给正在上传的文件',
  hours: '等待下一个上传时段',
  server: '飞书繁忙，稍后重试',
  'file-busy': '文件正在被使用，关闭后自动上传',
  'file-changing': '文件仍在变化',
}

export const attach: Words<typeof english.attach> = {
  base: '正在写入多维表格',
  docx: '正在写入文档',
  sheet: '正在写入电子表格',
  folder: '正在设置共享',
  file: '正在设置共享',
  page: '正在设置共享',
  media: '正在写入目标',
  document: '正在转换为在线文档',
}

export const kept: Words<typeof english.kept> = {
  'not-ours': '飞书里的同名文件不是从这里上传的，两个都保留了',
  'in-use': '飞书里的同名文件对应这台电脑上的另一个文件，两个都保留了',
  uncertain: '同名文件是在一次结果不明的上传期间出现的，可能是别人的，两个都保留了',
  several: '飞书里有多个同名文件，不确定该替换哪一个，全部保留了',
  refused: '这里不能替换同名文件，两个都保留了',
  document: '已有同名文档。文档可能被编辑过，飞递不会替换它，新版本放在旁边',
}

export const note: Words<typeof english.note> = {
  resumed: '已从第 {part} 片继续',
  fileChanged: '文件有改动，已重新开始',
  transactionOver: '上次的上传已失效，已重新开始',
  tooSlow: '按现在的网速和上传时段，可能无法在飞书保留断点的一天之内传完',
  deadlineNear: '飞书只把已上传的部分保留到{when}',
  replacedOther: '已替换的同名文件不是从这里上传的',
  blockLeft: '文档中为这个文件准备的位置已被他人修改，飞递没有移除它；如不需要，请自行删除。',
  cut: '飞书截掉了一部分内容：{what}',
  asFile: '已作为文件上传：{why}',
  maybeTwice: '出现了另一个同名文档，可能来自之前回复丢失的那次尝试：{documents}',
  about: '{words}（{path}）',
}

export const cutOff: Words<typeof english.cutOff> = {
  blocks: '超过 20,000 个块的内容',
  cells: '超出上限的单元格',
  columns: '超出上限的列',
  text: '过长的文字',
  pictures: '部分图片',
  space: '空间不足的内容',
  other: '其他内容（代码 {code}）',
}

export const sensitive: Words<typeof english.sensitive> = {
  'private-key': '私钥',
  credentials: '账号或令牌',
  wallet: '加密货币钱包',
  passwords: '密码库',
  'browser-profile': '浏览器个人资料',
  'home-folder': '整个用户文件夹',
}

export const summary: Words<typeof english.summary> = {
  allDone: '全部上传完成',
  paused: '已全部暂停',
  outOfHours: '不在上传时段',
  outOfHoursUntil: '不在上传时段，{when} 继续',
  onBattery: '正在使用电池，接通电源后继续',
  onMetered: '正在使用按流量计费的网络，换网络后继续',
  idle: '目前没有上传',
  calculating: '正在估算剩余时间',
  filesOf: '{done} / {count} 个文件',
  bytesOf: '{done} / {total}',
  uploaded: '已上传 {count} 个',
  skipped: '跳过 {count} 个',
  noneNeeded: '没有需要上传的文件',
  added: '新增 {count} 个文件',
  restarted: '有文件从头重新上传',
  reading: '正在读取文件夹，已找到 {count} 个文件',
  attention: '{count} 项需要处理',
  etaToday: '预计 {time} 完成',
  eta: '预计{when} 完成',
  etaWithQuota: '预计{when} 完成，每日额度有限，需要分 {days} 天上传',
}

export const forecast: Words<typeof english.forecast> = {
  heading: '预计',
  end: '{count} 个文件，{when}完成',
  noEnd: '{count} 个文件，按现在的限额和时段看不到完成时间',
  day: '小文件 {files} 个，大文件分片 {parts} 个，{size}',
  callsADay: '每天的 API 调用次数（计划）',
}

export const table: Words<typeof english.table> = {
  ended: '结束时间',
  result: '结果',
  reason: '原因',
  fileName: '文件名',
  path: '路径',
  bytes: '大小（字节）',
  destination: '目标',
  subfolder: '子文件夹',
  link: '链接',
  fileToken: '文件 token',
  errorCode: '错误码',
  logId: '日志编号',
  endedUtc: '结束时间（UTC）',
}
