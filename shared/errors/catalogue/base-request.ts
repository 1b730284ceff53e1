import type { CatalogueEntry } from '../catalogue-entry.ts'
import { sameFor } from './rules.ts'

/** What a Base finds wrong with a request to it: ids, values, tokens. */
export const BASE_REQUEST_ENTRIES: readonly CatalogueEntry[] = [
  {
    code: 91403,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号没有这个多维表格的权限。',
      en: 'The current account does not have access to this Base.',
    },
    remedy: {
      'zh-CN':
        '请多维表格的所有者在“分享”中给你“可编辑”权限；以应用身份上传时，请在“…”菜单中选择“添加文档应用”。',
      en: 'Ask the owner to give you "Can edit" under "Share". When uploading as an app, use "Add document app" in the "…" menu of the Base.',
    },
  },
  ...sameFor([1254000, 1254001, 1254007, 1254008, 1254010, 1254030], {
    policy: 'block-target',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '多维表格认为写入的内容格式不正确。',
      en: 'The Base found what was to be written to be malformed.',
    },
    remedy: {
      'zh-CN': '请重新选择目标后重试；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。',
      en: 'Choose the destination again and retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
    },
  }),
  ...sameFor([1254100, 1254101, 1254102, 1254105], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '这个多维表格的数据表、视图、文件或字段数量已达上限。',
      en: 'This Base holds as many tables, views, files or fields as it can.',
    },
    remedy: {
      'zh-CN': '请换一个多维表格，或删掉其中不需要的内容，然后重试。',
      en: 'Choose another Base, or delete what is no longer needed in it, then retry.',
    },
  }),
  {
    code: 1254301,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '这个多维表格没有开启高级权限，或不支持高级权限。',
      en: 'Advanced permissions are not on in this Base, or not possible there.',
    },
    remedy: {
      'zh-CN': '请多维表格的所有者检查高级权限设置，或换一个目标，然后重试。',
      en: 'Ask the owner to check the advanced permissions of the Base, or choose another destination, then retry.',
    },
  },
  ...sameFor([1254003, 1254004, 1254005, 1254006, 1254009], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '多维表格的链接中有一部分不正确。',
      en: 'Part of the link to the Base is not right.',
    },
    remedy: {
      'zh-CN': '请在飞书中打开要写入的数据表或记录，重新复制链接并选择目标。',
      en: 'Open the table or record in Feishu, copy its link again and choose it as the destination.',
    },
  }),
  {
    code: 1254027,
    policy: 'restart-upload',
    maxAttempts: 1,
    afterwards: 'block-target',
    domain: 'target',
    actor: 'wait',
    message: {
      'zh-CN': '上传的附件没有挂载到这个多维表格。',
      en: 'The uploaded attachment is not tied to this Base.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会把文件重新上传到这个多维表格。',
      en: 'Nothing to do: Feidi uploads the file to this Base again.',
    },
    finalRemedy: {
      'zh-CN': '请在飞书中打开这个多维表格，手动添加一个附件试试；若也不行，请换一个多维表格。',
      en: 'Open the Base in Feishu and try to add an attachment by hand. If that fails too, choose another Base.',
    },
  },
  {
    code: 1254036,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '多维表格正在被复制，暂时不能写入。',
      en: 'The Base is being copied and cannot be written to at the moment.',
    },
    remedy: {
      'zh-CN': '无需处理，复制完成后飞递会自动重试。',
      en: 'Nothing to do: Feidi tries again once the copy is done.',
    },
  },
  {
    code: 1254037,
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '飞书没有认可这次写入的标识。',
      en: 'Feishu did not accept the mark that this write carries.',
    },
    remedy: {
      'zh-CN': '请更新飞递后重试；若仍不行，请把日志编号提供给飞书技术支持。',
      en: 'Update Feidi and retry. If it still does not work, give the log ID to Feishu support.',
    },
  },
  {
    code: 1255006,
    policy: 'backoff',
    maxAttempts: 3,
    afterwards: 'fail-file',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书认为这次写入与之前的一次写入冲突。',
      en: 'Feishu says that this write clashes with one that was sent before.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会核对是否已经写入，不会写入重复的记录。',
      en: 'Nothing to do: Feidi checks whether it was made and does not add a record twice.',
    },
    finalRemedy: {
      'zh-CN':
        '请在飞书中打开数据表，确认这个文件是否已经在其中；若没有，请移除后重新添加这个文件。',
      en: 'Open the table in Feishu and see whether the file is in it. If it is not, remove the file from the queue and add it again.',
    },
  },
  ...sameFor(
    [
      1254060, 1254061, 1254062, 1254063, 1254064, 1254065, 1254066, 1254067, 1254068, 1254072,
      1254074,
    ],
    {
      policy: 'block-target',
      domain: 'target',
      actor: 'you',
      message: {
        'zh-CN': '数据表中有一个字段不能存放要写入的内容。',
        en: 'One of the fields of the table cannot hold what is to be written to it.',
      },
      remedy: {
        'zh-CN': '请让文件名和路径写入文本字段，大小写入数字字段，时间写入日期字段，然后重试。',
        en: 'Have names and paths written to text fields, sizes to number fields and times to date fields, then retry.',
      },
    },
  ),
  {
    code: 1254104,
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '一次写入的记录太多。',
      en: 'Too many records were written at once.',
    },
    remedy: {
      'zh-CN': '请更新飞递后重试，或分几次添加文件。',
      en: 'Update Feidi and retry, or add the files a few at a time.',
    },
  },
]
