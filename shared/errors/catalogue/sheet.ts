import type { CatalogueEntry } from '../catalogue-entry.ts'
import { sameFor } from './rules.ts'

/** Floating images on sheets (电子表格), and the rights to files in Drive (云文档权限). */
export const SHEET_ENTRIES: readonly CatalogueEntry[] = [
  {
    code: 1310213,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号没有这个电子表格的权限。',
      en: 'The current account does not have access to this spreadsheet.',
    },
    remedy: {
      'zh-CN': '请表格的所有者给你或应用“可编辑”权限，然后重试。',
      en: 'Ask its owner to give you or the app "Can edit", then retry.',
    },
  },
  ...sameFor([1310211, 1310214, 1310215], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '飞书上找不到这个电子表格或工作表。',
      en: 'Feishu cannot find this spreadsheet or sheet.',
    },
    remedy: {
      'zh-CN': '请在飞书中打开工作表，确认它没有被删除，然后重新复制链接并选择目标。',
      en: 'Open the sheet in Feishu to make sure it was not deleted, then copy the link and choose the destination again.',
    },
  }),
  {
    code: 1310247,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '这个电子表格的图片已达上限（4000 张）。',
      en: 'This spreadsheet holds as many pictures as it can (4,000).',
    },
    remedy: {
      'zh-CN': '请换一个电子表格，或删掉其中不需要的图片，然后重试。',
      en: 'Choose another spreadsheet, or delete pictures that are no longer needed, then retry.',
    },
  },
  ...sameFor([1310217, 90217], {
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '写入电子表格的速度过快。',
      en: 'Too much was written to the spreadsheet at once.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会放慢速度并自动重试。',
      en: 'Nothing to do: Feidi slows down and tries again by itself.',
    },
  }),
  ...sameFor([1063001, 1063005], {
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '文件已上传，但飞书不认识要共享给的人。',
      en: 'The file is up, but Feishu does not know the person it should be shared with.',
    },
    remedy: {
      'zh-CN': '请检查共享设置中的邮箱或 open_id，然后重试；文件不会再次上传。',
      en: 'Check the e-mail address or open_id to share with, then retry; the file is not uploaded again.',
    },
  }),
  {
    code: 1063002,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号没有共享这个文件或读取其权限的权限。',
      en: 'The current account may not share this file, or see who may.',
    },
    remedy: {
      'zh-CN': '请为应用开通云文档权限管理的范围，或不使用共享；文件不会再次上传。',
      en: 'Grant the app the scope for managing document permissions, or do not share; the file is not uploaded again.',
    },
  },
]
