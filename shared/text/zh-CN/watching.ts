import type * as english from '../en/watching.ts'
import type { Words } from '../words.ts'

export const watch: Words<typeof english.watch> = {
  watching: '正在监视（{files} 个文件）',
  waiting: '正在监视（{files} 个文件，{waiting} 个等待中）',
  scanning: '正在扫描（{scanned}）',
  scanningOf: '正在扫描（{scanned} / {expected}）',
  checking: '正在监视，并核对内容（{checked} / {of}）',
  'root-missing': '文件夹不可用（磁盘未连接），恢复后自动继续',
  'root-replaced': '文件夹现在指向 {path}，确认之前暂不上传',
  'no-permission': '没有权限读取 {path}，其余照常监视',
  'not-answering': '{path} 没有响应（网络驱动器或磁盘），其余照常监视，恢复后自动继续',
  unreadable: '无法读取 {path}，其余照常监视',
  'too-many-watches': '系统允许监视的文件夹太少，暂时改为定时查看；请调大 {setting}',
  paused: '已暂停',
}

export const unsettled: Words<typeof english.unsettled> = {
  settling: '文件仍在变化',
  changing: '文件仍在变化',
  locked: '文件正在被使用，关闭后自动上传',
  unreadable: '无法读取文件，可以读取后自动上传',
  checking: '正在比对内容',
  approval: '等待批准：短时间内有许多文件被更改或删除',
  moving: '文件在上传途中被移动，等上传结束',
}

export const follow: Words<typeof english.follow> = {
  move: '{name} → {to}',
  folder: '文件夹 {name} → {to}',
  trash: '{name} 将于{when}移入回收站',
  'trash-later': '{name} 将在重新连上飞书的 24 小时后移入回收站',
  replace: '{name} 将替换旧版本',
  left: '{name}：{reason}',
  nothing: '飞书中没有需要更改的内容。',
  'stop-limit': '等待批准：24 小时内有许多文件被删除、重命名或替换。',
  'stop-folder-changed': '等待批准：文件夹或其中的磁盘与之前不同。',
}

export const leftOut: Words<typeof english.leftOut> = {
  excluded: '规则排除（{pattern}）',
  'not-included': '不符合“只上传”的条件',
  'not-recursive': '规则不包含子文件夹',
  empty: '空文件',
  'too-small': '小于规则的最小大小',
  'too-large': '大于规则的最大大小',
  link: '链接',
  'link-leads-out': '链接指向文件夹之外',
  'link-loop': '链接绕回自身',
  'not-a-file': '不是普通文件',
  outside: '在文件夹之外',
  missing: '已不存在',
  unreadable: '无法读取',
  'name-invalid': '名称不是有效的文本',
  sensitive: '可能含有密钥或密码',
  downloading: '还在下载',
  moved: '只是移动过，之前已上传',
  copy: '与已上传的文件内容相同',
  baseline: '规则开始之前就有',
  later: '文件仍在变化',
}
