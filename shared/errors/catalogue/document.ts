import type { CatalogueEntry } from '../catalogue-entry.ts'
import { sameFor } from './rules.ts'

/** Putting an upload into a document, and finding a page of a wiki. */
export const DOCUMENT_ENTRIES: readonly CatalogueEntry[] = [
  ...sameFor([1770013, 1770038], {
    policy: 'restart-upload',
    domain: 'target',
    actor: 'wait',
    message: {
      'zh-CN': '上传的附件与文档中的位置对不上。',
      en: 'The uploaded attachment does not match its place in the document.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会在文档中重新准备位置并再次上传。',
      en: 'Nothing to do: Feidi prepares a new place in the document and uploads the file again.',
    },
  }),
  {
    code: 1770001,
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '飞书认为对文档的这次修改有误。',
      en: 'Feishu found something in this change to the document to be incorrect.',
    },
    remedy: {
      'zh-CN': '请重新选择目标后重试；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。',
      en: 'Choose the destination again and retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
    },
  },
  ...sameFor([1770002, 1770003], {
    policy: 'restart-upload',
    maxAttempts: 1,
    afterwards: 'block-target',
    domain: 'target',
    actor: 'wait',
    message: {
      'zh-CN': '文档，或文档中为这个文件准备的位置，已经不在了。',
      en: 'The document, or the place in it that was meant for this file, is not there any more.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会在文档中重新准备位置并再次上传。',
      en: 'Nothing to do: Feidi prepares a new place in the document and uploads the file again.',
    },
    finalRemedy: {
      'zh-CN': '请在飞书中打开这个文档，确认它没有被删除，然后重新选择目标。',
      en: 'Open the document in Feishu to make sure it was not deleted, then choose the destination again.',
    },
  }),
  {
    code: 1770032,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号没有这个文档的编辑权限。',
      en: 'The current account does not have edit access to this document.',
    },
    remedy: {
      'zh-CN':
        '请文档的所有者在“分享”中给你“可编辑”权限；以应用身份上传时，请在文档的“…”菜单中选择“添加文档应用”。',
      en: 'Ask the owner to give you "Can edit" under "Share". When uploading as an app, use "Add document app" in the "…" menu of the document.',
    },
  },
  {
    code: 1770035,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '这个文档里的图片或附件数量已达上限。',
      en: 'This document holds as many pictures or attachments as it can.',
    },
    remedy: {
      'zh-CN': '请换一个文档，或删掉其中不需要的图片和附件，然后重试。',
      en: 'Choose another document, or delete pictures and attachments that are no longer needed, then retry.',
    },
  },
  ...sameFor([1770004, 1770005, 1770033, 1770034], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '这个文档的内容已达上限。',
      en: 'This document holds as much content as it can.',
    },
    remedy: {
      'zh-CN': '请换一个文档，或删掉其中不需要的内容，然后重试。',
      en: 'Choose another document, or delete content that is no longer needed, then retry.',
    },
  }),
  {
    code: 1770007,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '文档中这个位置下的内容已达上限。',
      en: 'This place in the document holds as much content as it can.',
    },
    remedy: {
      'zh-CN': '请换一个文档或位置，或删掉其中不需要的内容，然后重试。',
      en: 'Choose another document or place, or delete content that is no longer needed, then retry.',
    },
  },
  ...sameFor([1771001, 1771002, 1771003, 1771004, 1771005], {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书文档服务暂时出错。',
      en: 'The Feishu Docs service has a problem at the moment.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试。',
      en: 'Nothing to do: Feidi tries again by itself.',
    },
  }),
  {
    code: 1771006,
    policy: 'backoff',
    maxAttempts: 2,
    afterwards: 'block-target',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书没能把内容放到指定的位置。',
      en: 'Feishu could not put it in the place given.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试几次。',
      en: 'Nothing to do: Feidi tries again a few times by itself.',
    },
    finalRemedy: {
      'zh-CN': '请在飞书中打开目标，重新复制链接并选择目标，然后重试。',
      en: 'Open the destination in Feishu, copy its link again and retry.',
    },
  },
  {
    code: 1770020,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: { 'zh-CN': '这个文档正在被复制。', en: 'This document is being copied.' },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试。',
      en: 'Nothing to do: Feidi tries again by itself.',
    },
  },
  {
    code: 1770021,
    policy: 'backoff',
    maxAttempts: 3,
    afterwards: 'block-target',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '这个文档在此期间被修改了很多次。',
      en: 'This document was changed many times meanwhile.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会按最新的内容重试。',
      en: 'Nothing to do: Feidi looks at it again and goes on by itself.',
    },
    finalRemedy: {
      'zh-CN': '请等文档不再被频繁修改后重试。',
      en: 'Retry when the document is no longer changed so often.',
    },
  },
  {
    code: 1770008,
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '这个文件太大，不能放进文档。',
      en: 'This file is too large for a document.',
    },
    remedy: {
      'zh-CN': '请改为上传到文件夹，再在文档中粘贴它的链接。',
      en: 'Upload it to a folder instead and paste its link into the document.',
    },
  },
  ...sameFor([1770006, 1770014, 1770015, 1770019, 1770024, 1770028, 1770029, 1770030, 1770031], {
    policy: 'block-target',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '文件不能放在文档的这个位置。',
      en: 'Files cannot be put in this place of the document.',
    },
    remedy: {
      'zh-CN': '请换一个文档或位置重试；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。',
      en: 'Choose another document or place and retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
    },
  }),
  {
    code: 131001,
    policy: 'backoff',
    maxAttempts: 3,
    afterwards: 'block-target',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书知识库服务暂时出错。',
      en: 'The Feishu wiki service has a problem at the moment.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试几次。',
      en: 'Nothing to do: Feidi tries again a few times by itself.',
    },
    finalRemedy: {
      'zh-CN': '请稍后重试；仍不行就把日志编号提供给飞书技术支持。',
      en: 'Retry later, or give the log ID to Feishu support.',
    },
  },
  {
    code: 131002,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '飞书看不懂这个知识库页面的链接。',
      en: 'Feishu cannot make sense of the link to this wiki page.',
    },
    remedy: {
      'zh-CN': '请在飞书中打开这个页面，重新复制链接并选择目标。',
      en: 'Open the page in Feishu, copy its link again and choose it as the destination.',
    },
  },
  {
    code: 131004,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
    message: {
      'zh-CN': '知识库没有认可当前的账号。',
      en: 'The wiki did not accept the current account.',
    },
    remedy: {
      'zh-CN': '请重新登录后重试；若仍不行，请换一个账号。',
      en: 'Sign in again and retry. If it still does not work, use another account.',
    },
  },
  {
    code: 131009,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '知识库正在被另一项操作修改。',
      en: 'Something else is changing the wiki.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试。',
      en: 'Nothing to do: Feidi tries again by itself.',
    },
  },
  ...sameFor([131005, 131012, 131013, 131014, 131016], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: { 'zh-CN': '飞书上找不到这个知识库页面。', en: 'Feishu cannot find this wiki page.' },
    remedy: {
      'zh-CN': '请在飞书中打开这个页面，确认它没有被删除或移走，然后重新复制链接。',
      en: 'Open the page in Feishu to make sure it was not deleted or moved, then copy its link again.',
    },
  }),
  {
    code: 131006,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号没有这个知识库页面的权限。',
      en: 'The current account does not have access to this wiki page.',
    },
    remedy: {
      'zh-CN':
        '请知识库管理员把你加为可编辑的成员；以应用身份上传时，请把应用所在的群加入知识库，然后重试。',
      en: 'Ask the wiki admin to add you as a member who can edit. When uploading as an app, add a group that contains the app to the wiki, then retry.',
    },
  },
  {
    code: 131007,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '飞书无法处理这个知识库页面。',
      en: 'Feishu cannot handle this wiki page.',
    },
    remedy: {
      'zh-CN': '请换一个目标；若一定要用这个页面，请把日志编号提供给飞书技术支持。',
      en: 'Choose another destination. If it has to be this page, give the log ID to Feishu support.',
    },
  },
]
