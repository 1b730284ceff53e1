import type { CatalogueEntry, Text } from '../catalogue-entry.ts'
import { MAY_APPEAR, sameFor } from './rules.ts'

const TRIES_AGAIN: Text = {
  'zh-CN': '无需处理，飞递会自动重试。',
  en: 'Nothing to do: Feidi tries again by itself.',
}

const CHOOSE_ATTACHMENT_FIELD: Text = {
  'zh-CN': '请在多维表格中选择一个“附件”类型的字段作为目标，然后重试。',
  en: 'Choose a field of type "Attachment" in the Base as the destination, then retry.',
}

/** Something a Base should have is not there, or not there yet. */
function missing(code: number, zh: string, en: string): CatalogueEntry {
  return {
    code,
    ...MAY_APPEAR,
    afterwards: 'block-target',
    message: {
      'zh-CN': `飞书上暂时找不到${zh}。`,
      en: `Feishu cannot find the ${en} at the moment.`,
    },
    remedy: {
      'zh-CN': '无需处理，新建的内容可能要过几秒才能找到，飞递会自动重试。',
      en: 'Nothing to do: new items may take some seconds to show up, and Feidi tries again by itself.',
    },
    finalRemedy: {
      'zh-CN': `请在飞书中打开多维表格，确认${zh}没有被删除，然后重新复制链接并选择目标。`,
      en: `Open the Base in Feishu, make sure the ${en} was not deleted, then copy the link and choose the destination again.`,
    },
  }
}

/** Writing an attachment into a record of a Base (多维表格). */
export const BASE_ENTRIES: readonly CatalogueEntry[] = [
  {
    code: 1254290,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '写入多维表格的速度过快。',
      en: 'Too much was written to the Base at once.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会放慢速度并自动重试。',
      en: 'Nothing to do: Feidi slows down and tries again by itself.',
    },
  },
  {
    code: 1254291,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '多维表格正在被另一项操作写入。',
      en: 'Something else is writing to the Base at the same time.',
    },
    remedy: TRIES_AGAIN,
  },
  {
    code: 1254607,
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: { 'zh-CN': '多维表格还没有准备好。', en: 'The Base is not ready yet.' },
    remedy: TRIES_AGAIN,
  },
  ...sameFor([1254112, 1254002], {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '这个多维表格正忙，暂时不能写入。',
      en: 'This Base is busy and cannot be written to at the moment.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试，不会写入重复的记录。',
      en: 'Nothing to do: Feidi tries again by itself and does not add a record twice.',
    },
  }),
  ...sameFor([1255001, 1255002, 1255003, 1255004, 1255005], {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '多维表格服务内部出错。',
      en: 'The Base service ran into an internal error.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试，不会写入重复的记录。',
      en: 'Nothing to do: Feidi tries again by itself and does not add a record twice.',
    },
  }),
  {
    code: 1255040,
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: { 'zh-CN': '多维表格响应超时。', en: 'The Base took too long to answer.' },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试，不会写入重复的记录。',
      en: 'Nothing to do: Feidi tries again by itself and does not add a record twice.',
    },
  },
  {
    // Proof that an earlier try arrived, but not that it was carried out: looked up before it counts.
    code: 1254608,
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '同一次写入已经提交过。',
      en: 'The same change was already sent to the Base.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会核对是否已经写入，不会写入重复的记录。',
      en: 'Nothing to do: Feidi checks whether it was made and does not add a record twice.',
    },
  },
  {
    code: 1254303,
    policy: 'restart-upload',
    domain: 'target',
    actor: 'wait',
    message: {
      'zh-CN': '上传的附件不属于这个多维表格。',
      en: 'The uploaded attachment does not belong to this Base.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会把文件重新上传到这个多维表格。',
      en: 'Nothing to do: Feidi uploads the file to this Base again.',
    },
  },
  ...sameFor([1254302, 1254304], {
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '多维表格的高级权限不允许当前账号写入。',
      en: "The Base's advanced permissions do not let the current account write to it.",
    },
    remedy: {
      'zh-CN': '请多维表格的所有者在“高级权限”中给你或应用“可管理”权限，然后重试。',
      en: 'Ask the owner of the Base to give you or the app "Can manage" in its advanced permissions, then retry.',
    },
  }),
  {
    code: 1254306,
    policy: 'block-target',
    domain: 'quota',
    actor: 'admin',
    message: {
      'zh-CN': '企业的飞书版本不支持对这个多维表格进行此操作。',
      en: "Your organization's Feishu plan does not allow this on the Base.",
    },
    remedy: {
      'zh-CN': '请向飞书管理员确认版本和多维表格的权益，或换一个多维表格。',
      en: 'Ask your Feishu admin what the plan includes for Base, or choose another Base.',
    },
  },
  {
    code: 1254015,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '所选字段的类型不能存放附件。',
      en: 'The chosen field is not of a type that holds attachments.',
    },
    remedy: CHOOSE_ATTACHMENT_FIELD,
  },
  {
    code: 1254069,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '多维表格没有接受写入附件字段的内容。',
      en: 'The Base did not accept what was written to the attachment field.',
    },
    remedy: CHOOSE_ATTACHMENT_FIELD,
  },
  missing(1254040, '这个多维表格', 'Base'),
  missing(1254041, '这张数据表', 'table'),
  missing(1254042, '这个视图', 'view'),
  missing(1254043, '这条记录', 'record'),
  missing(1254044, '这个字段', 'field'),
  missing(1254045, '这个名称的字段', 'field of that name'),
  {
    code: 1254103,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '数据表的记录数已达上限。',
      en: 'The table has reached its limit of records.',
    },
    remedy: {
      'zh-CN': '请删除不需要的记录后重试，或换一张数据表。',
      en: 'Delete records that are no longer needed and retry, or choose another table.',
    },
  },
  {
    code: 1254106,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '这个单元格里的附件数量已达上限。',
      en: 'The cell holds as many attachments as it can.',
    },
    remedy: {
      'zh-CN': '请删掉单元格中不用的附件，或写入另一条记录，然后重试。',
      en: 'Delete attachments in the cell that are no longer needed, or use another record, then retry.',
    },
  },
  {
    code: 1254130,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '这个单元格的内容已达大小上限。',
      en: 'The content of the cell has reached its size limit.',
    },
    remedy: {
      'zh-CN': '请精简这个单元格的内容，或写入另一条记录，然后重试。',
      en: 'Remove some of what is in the cell, or use another record, then retry.',
    },
  },
]
