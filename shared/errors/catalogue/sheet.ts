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
  ...sameFor([1310211, 1310214, 1310215, 1310249], {
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
  ...sameFor([1310202, 1310218], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '工作表中要放图片的位置不可用。',
      en: 'The spot on the sheet where the picture should go cannot be used.',
    },
    remedy: {
      'zh-CN': '请取消那里的保护范围，或换一个工作表，然后重试。',
      en: 'Lift the protection there or choose another sheet, then retry.',
    },
  }),
  {
    code: 1310245,
    policy: 'restart-upload',
    maxAttempts: 1,
    afterwards: 'fail-file',
    domain: 'target',
    actor: 'wait',
    message: {
      'zh-CN': '电子表格没有接受上传的图片。',
      en: 'The spreadsheet did not accept the uploaded picture.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会把图片重新上传到这个电子表格。',
      en: 'Nothing to do: Feidi uploads the picture to this spreadsheet again.',
    },
    finalRemedy: {
      'zh-CN': '请确认文件是飞书支持的图片，或改用文件夹、文档作为目标。',
      en: 'Make sure that the file is a picture Feishu supports, or use a folder or document instead.',
    },
  },
  {
    code: 1310226,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '图片超出了电子表格的限制。',
      en: 'The picture exceeds a limit of the spreadsheet.',
    },
    remedy: {
      'zh-CN': '请缩小图片，或改用文件夹、文档作为目标。',
      en: 'Make the picture smaller, or use a folder or document as its destination.',
    },
  },
  ...sameFor([1310229, 1310243, 1310244, 1310246], {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '飞书认为放置图片的请求有误。',
      en: 'Feishu found something in the request to place the picture to be incorrect.',
    },
    remedy: {
      'zh-CN': '请重新选择目标后重试；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。',
      en: 'Choose the destination again and retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
    },
  }),
  ...sameFor([1310235, 1310242, 1315201, 1315203], {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书电子表格服务暂时出错。',
      en: 'The Feishu Sheets service has a problem at the moment.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试。',
      en: 'Nothing to do: Feidi tries again by itself.',
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
    code: 1063003,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '文件已上传，但没有共享给这个人。',
      en: 'The file is up, but it was not shared with this person.',
    },
    remedy: {
      'zh-CN':
        '可能是双方互不可见、企业的分享设置不允许，或协作者人数已满。请换一个共享对象，或请管理员检查分享设置，然后重试；文件不会再次上传。',
      en: 'You may not be visible to each other, the organization may not allow it, or too many people have access already. Share it with somebody else or ask your admin about the sharing settings, then retry; the file is not uploaded again.',
    },
  },
  {
    code: 1063006,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '共享文件的请求过于频繁。',
      en: 'Files are being shared too fast.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会放慢速度并自动重试。',
      en: 'Nothing to do: Feidi slows down and tries again by itself.',
    },
  },
  ...sameFor([1066001, 1066002], {
    policy: 'backoff',
    maxAttempts: 5,
    afterwards: 'fail-file',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书的权限服务暂时出错。',
      en: 'The Feishu permission service has a problem at the moment.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试几次。',
      en: 'Nothing to do: Feidi tries again a few times by itself.',
    },
    finalRemedy: {
      'zh-CN': '文件已经上传，请稍后重试共享，或把日志编号提供给飞书技术支持。',
      en: 'The file is up. Retry later to share it, or give the log ID to Feishu support.',
    },
  }),
  {
    code: 1063004,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号没有分享这个文件的权限。',
      en: 'The current account may not share this file.',
    },
    remedy: {
      'zh-CN': '请为应用开通云文档权限管理的范围，或不使用共享；文件不会再次上传。',
      en: 'Grant the app the scope for managing document permissions, or do not share; the file is not uploaded again.',
    },
  },
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
