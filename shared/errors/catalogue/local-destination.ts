import type { EntryBody } from '../catalogue-entry.ts'
import type { DestinationErrorCode } from '../error-code.ts'

/** Where it should go. */
export const DESTINATION_BODIES = {
  'destination-invalid': {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '飞递看不懂这个目标[：{detail}]。',
      en: 'Feidi does not understand this destination[: {detail}].',
    },
    remedy: {
      'zh-CN': '请在飞书中打开目标，从地址栏复制完整的链接，再粘贴到飞递。',
      en: 'Open the destination in Feishu, copy the whole link from the address bar and paste it into Feidi.',
    },
  },
  'destination-unsupported': {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '这种类型的目标不能接收文件[：{detail}]。',
      en: 'This kind of destination does not take files[: {detail}].',
    },
    remedy: {
      'zh-CN': '请在飞书中打开一个文件夹、文档、电子表格或多维表格，从地址栏复制它的链接作为目标。',
      en: 'Open a folder, document, sheet or Base in Feishu, copy its link from the address bar and use that as the destination.',
    },
  },
  'folder-full': {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '目标文件夹放不下了，飞书的每个文件夹最多 1500 项。',
      en: 'The destination folder is full: Feishu allows 1,500 items in a folder.',
    },
    remedy: {
      'zh-CN': '请换一个文件夹，或在飞书中把其中一部分移到子文件夹，然后重试。',
      en: 'Choose another folder, or move some of its items into subfolders in Feishu, then retry.',
    },
  },
  'folder-too-deep': {
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '文件夹嵌套过深，飞书最多支持 15 层。',
      en: 'The folders are nested too deeply: Feishu allows 15 levels.',
    },
    remedy: {
      'zh-CN': '请选择层级更浅的目标，或减少本地文件夹的嵌套，然后重试。',
      en: 'Choose a destination closer to the top, or nest the local folders less deeply, then retry.',
    },
  },
} satisfies Record<DestinationErrorCode, EntryBody>
