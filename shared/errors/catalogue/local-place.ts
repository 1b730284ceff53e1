import type { EntryBody, Text } from '../catalogue-entry.ts'
import type { PlaceErrorCode } from '../error-code.ts'

/** The whole destination is not as it should be; a person chooses. */
function wrongPlace(message: Text, remedy: Text): EntryBody {
  return { policy: 'block-target', domain: 'target', actor: 'you', message, remedy }
}

/** This file can not go there; others may. */
function wrongFile(message: Text, remedy: Text): EntryBody {
  return { policy: 'fail-file', domain: 'target', actor: 'you', message, remedy }
}

const CHOOSE_FIELD: Text = {
  'zh-CN': '请选择一个字段：在界面中选取，或写成 base:APP/TABLE/字段名。',
  en: 'Choose a field: in the window, or by writing base:APP/TABLE/FIELD.',
}

/** Documents, sheets, Bases and files as destinations. */
export const PLACE_BODIES = {
  'destination-not-looked-up': wrongPlace(
    {
      'zh-CN': '还不知道这个链接指向什么，需要先向飞书查询[：{detail}]。',
      en: 'Nobody knows yet what this link leads to; Feishu has to be asked first[: {detail}].',
    },
    {
      'zh-CN': '请在联网并登录后再试一次；之后就可以离线使用了。',
      en: 'Try once more while online and signed in; afterwards it is known.',
    },
  ),
  'destination-read-only': {
    ...wrongPlace(
      {
        'zh-CN': '当前账号不能编辑这个目标[：{detail}]。',
        en: 'The current account cannot edit this destination[: {detail}].',
      },
      {
        'zh-CN': '请目标的所有者给你或应用“可编辑”权限，然后重试。',
        en: 'Ask its owner to give you or the app "Can edit", then retry.',
      },
    ),
    domain: 'permission',
  },
  'one-file-only': wrongPlace(
    {
      'zh-CN': '这个目标是一个文件，一次只能用一个文件替换它。',
      en: 'This destination is a file, which takes exactly one file as its new version.',
    },
    {
      'zh-CN': '请只选择一个文件，或改用文件夹的链接。',
      en: 'Choose one file only, or use the link of a folder.',
    },
  ),
  'overwrite-unsupported': wrongPlace(
    {
      'zh-CN': '这个企业的飞书还不支持替换已有的文件。',
      en: 'Feishu does not replace files in this organisation yet.',
    },
    {
      'zh-CN': '请改用文件夹作为目标，新文件会放在旧文件旁边。',
      en: 'Use the folder as the destination: the new file goes beside the old one.',
    },
  ),
  'overwrite-made-second': wrongPlace(
    {
      'zh-CN': '飞书没有替换这个文件，而是另存了一个文件。',
      en: 'Feishu did not replace this file but made a second one.',
    },
    {
      'zh-CN': '请在飞书中删除多出的那个文件，并改用文件夹作为目标；飞递不会再尝试替换。',
      en: 'Delete the second file in Feishu and use the folder as the destination; Feidi does not try to replace again.',
    },
  ),
  'name-taken': {
    policy: 'skip-file',
    domain: 'target',
    actor: 'wait',
    message: {
      'zh-CN': '文件夹里已有同名的文件。',
      en: 'The folder has a file of that name already.',
    },
    remedy: {
      'zh-CN': '无需处理，如要上传，请选择“都保留”或“替换”。',
      en: 'Nothing to do: to upload it all the same, choose to keep both or to replace.',
    },
  },
  'base-table-missing': wrongPlace(
    {
      'zh-CN': '多维表格中没有这个数据表；链接可能指向仪表盘或自动化[：{detail}]。',
      en: 'The Base has no such table; the link may lead to a dashboard or an automation[: {detail}].',
    },
    {
      'zh-CN': '请打开要写入的数据表，从地址栏复制它的链接。',
      en: 'Open the table to write to and copy the link from the address bar.',
    },
  ),
  'base-table-ambiguous': wrongPlace(
    {
      'zh-CN': '多维表格有多个数据表，需要选择一个[：{detail}]。',
      en: 'The Base has several tables, and one has to be chosen[: {detail}].',
    },
    {
      'zh-CN': '请打开要写入的数据表，从地址栏复制带有 table= 的链接。',
      en: 'Open the table to write to and copy the link with table= from the address bar.',
    },
  ),
  'base-field-missing': wrongPlace(
    {
      'zh-CN': '数据表中没有这个字段[：{detail}]。',
      en: 'The table has no such field[: {detail}].',
    },
    CHOOSE_FIELD,
  ),
  'base-field-not-attachment': wrongPlace(
    {
      'zh-CN': '这个字段不是“附件”类型[：{detail}]。',
      en: 'This field does not hold attachments[: {detail}].',
    },
    CHOOSE_FIELD,
  ),
  'base-no-attachment-field': wrongPlace(
    {
      'zh-CN': '数据表中没有“附件”类型的字段。',
      en: 'The table has no attachment field.',
    },
    {
      'zh-CN': '请在多维表格中添加一个“附件”字段，然后重试。',
      en: 'Add a field of type "Attachment" to the table in Feishu, then retry.',
    },
  ),
  'base-field-ambiguous': wrongPlace(
    {
      'zh-CN': '数据表有多个附件字段，需要选择一个[：{detail}]。',
      en: 'The table has several attachment fields, and one has to be chosen[: {detail}].',
    },
    CHOOSE_FIELD,
  ),
  'base-column-type': wrongPlace(
    {
      'zh-CN': '这个字段不能写入所选的信息[：{detail}]。',
      en: 'This field cannot hold what it should be told[: {detail}].',
    },
    {
      'zh-CN': '名称和路径写入文本字段，大小写入数字字段，时间写入日期字段。',
      en: 'Names and paths go into text fields, sizes into number fields, times into date fields.',
    },
  ),
  'sheet-missing': wrongPlace(
    {
      'zh-CN': '电子表格中没有这个工作表[：{detail}]。',
      en: 'The spreadsheet has no such sheet[: {detail}].',
    },
    {
      'zh-CN': '请打开要使用的工作表，从地址栏复制它的链接。',
      en: 'Open the sheet to use and copy the link from the address bar.',
    },
  ),
  'sheet-only-images': wrongFile(
    {
      'zh-CN': '电子表格只能接收图片[：{detail}]。',
      en: 'A spreadsheet only takes pictures[: {detail}].',
    },
    {
      'zh-CN': '请改用文件夹、文档或多维表格作为这个文件的目标。',
      en: 'Use a folder, document or Base as the destination of this file.',
    },
  ),
  'sheet-image-too-large': wrongFile(
    {
      'zh-CN': '电子表格中的图片不能超过 20 MB[：{detail}]。',
      en: 'A picture in a spreadsheet can have 20 MB at most[: {detail}].',
    },
    {
      'zh-CN': '请缩小图片，或改用文件夹、文档作为目标。',
      en: 'Make the picture smaller, or use a folder or document as its destination.',
    },
  ),
  'attachment-too-large': wrongFile(
    {
      'zh-CN': '多维表格的附件不能超过 2 GB[：{detail}]。',
      en: 'An attachment of a Base can have 2 GB at most[: {detail}].',
    },
    {
      'zh-CN': '请把它上传到文件夹，再在记录中填写链接。',
      en: 'Upload it to a folder and put its link into the record.',
    },
  ),
  'document-being-edited': {
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '文档正在被频繁编辑，暂时不能移除为文件准备的空白位置。',
      en: 'The document is being edited so much that an empty place in it cannot be taken away yet.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递稍后会自动重试。',
      en: 'Nothing to do: Feidi tries again by itself in a while.',
    },
  },
} satisfies Record<PlaceErrorCode, EntryBody>
