import type * as english from '../en/verification.ts'
import type { Words } from '../words.ts'

export const verifiedLocal: Words<typeof english.verifiedLocal> = {
  same: '本地文件与上传内容一致',
  changed: '本地文件上传后有改动',
  missing: '本地文件已不存在',
  unreadable: '无法读取本地文件',
  'not-comparable': '无法比较：这次上传没有保存内容哈希',
}

export const verifiedRemote: Words<typeof english.verifiedRemote> = {
  there: '飞书中的文件还在，上传后没有改动',
  modified: '飞书中的文件还在，{time} 有改动',
  missing: '飞书中已没有这个文件',
  unknown: '无法从飞书得知文件是否还在',
}

export const verifiedBytes: Words<typeof english.verifiedBytes> = {
  same: '飞书中的内容逐字节一致',
  sample: '抽查 {pieces} 块中的 {compared} 块，与飞书中的内容一致',
  different: '飞书中的内容与上传时不同',
  unknown: '无法比较飞书中的内容',
}

export const verified: Words<typeof english.verified> = {
  because: '{words}：{why}',
  none: '没有上传记录',
}
