import type { CatalogueEntry } from '../catalogue-entry.ts'
import { MAY_APPEAR } from './rules.ts'

/** Further codes of Drive: folders, versions and moving things about. */
export const DRIVE_ENTRIES: readonly CatalogueEntry[] = [
  {
    code: 1061022,
    policy: 'backoff',
    maxAttempts: 3,
    afterwards: 'fail-file',
    domain: 'target',
    actor: 'wait',
    message: {
      'zh-CN': '飞书上的这个文件同时被更新，版本有冲突。',
      en: 'The file was changed in Feishu at the same time, so the versions conflict.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会核对后自动重试。',
      en: 'Nothing to do: Feidi checks and tries again by itself.',
    },
    finalRemedy: {
      'zh-CN': '请在飞书中查看这个文件，等其他人的更新完成后重试。',
      en: 'Look at the file in Feishu and retry when the other change is finished.',
    },
  },
  {
    code: 1061500,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '要上传到的位置已不再可用。',
      en: 'The place to upload to is no longer available.',
    },
    remedy: {
      'zh-CN': '请在飞书中打开目标，确认它仍在并能编辑，然后重新粘贴链接。',
      en: 'Open the destination in Feishu, make sure it still exists and can be edited, then paste its link again.',
    },
  },
  {
    code: 1064230,
    policy: 'block-account',
    domain: 'server',
    actor: 'admin',
    message: {
      'zh-CN': '企业的飞书数据正在迁移，暂时不能上传。',
      en: "Your organization's Feishu data is being migrated, so uploads are locked for now.",
    },
    remedy: {
      'zh-CN': '请向飞书管理员了解迁移何时结束，结束后重试；队列会保留。',
      en: 'Ask your Feishu admin when the migration ends and retry then. The queue is kept.',
    },
  },
  {
    code: 1064001,
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '飞书没有接受读取文件夹内容的请求。',
      en: 'Feishu did not accept the request to list the folder.',
    },
    remedy: {
      'zh-CN': '请把飞递更新到最新版本后重试；若仍不行，请把日志编号提供给飞书技术支持。',
      en: 'Update Feidi to the latest version and retry. If it still does not work, give the log ID to Feishu support.',
    },
  },
  {
    code: 1064510,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '目标属于另一个企业，飞书不支持跨企业上传。',
      en: 'The destination belongs to another organization, which Feishu does not support.',
    },
    remedy: {
      'zh-CN': '请选择当前账号所在企业的目标，或改用对方企业的账号。',
      en: "Choose a destination in the current account's organization, or use an account of the other one.",
    },
  },
  {
    code: 1064511,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '目标与当前账号分属飞书和 Lark，两者之间不能上传。',
      en: 'The destination and the account are on different sides of Feishu and Lark, which cannot be combined.',
    },
    remedy: {
      'zh-CN':
        '请核对链接的域名：飞书账号对应 feishu.cn，Lark 账号对应 larksuite.com，然后换用相应的账号或目标。',
      en: 'Check the host of the link: feishu.cn needs a Feishu account, larksuite.com a Lark account. Then use the matching account or destination.',
    },
  },
  {
    code: 1062501,
    policy: 'fail-file',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号没有操作这个文件或文件夹的权限。',
      en: 'The current account may not work on this file or folder.',
    },
    remedy: {
      'zh-CN': '请它的所有者在“分享”中给你“可编辑”或“可管理”权限，然后重试。',
      en: 'Ask its owner to give you "Can edit" or "Can manage" under "Share", then retry.',
    },
  },
  {
    code: 1062502,
    policy: 'fail-file',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号没有操作文件夹中部分内容的权限。',
      en: 'The current account may not work on some of what is in the folder.',
    },
    remedy: {
      'zh-CN': '请这些内容的所有者在“分享”中给你“可编辑”或“可管理”权限，然后重试。',
      en: 'Ask the owners of those items to give you "Can edit" or "Can manage" under "Share", then retry.',
    },
  },
  {
    code: 1062524,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号没有原文件夹的编辑权限。',
      en: 'The current account does not have edit access to the original folder.',
    },
    remedy: {
      'zh-CN': '请原文件夹的所有者在“分享”中给你“可编辑”权限，然后重试。',
      en: 'Ask the owner of the original folder to give you "Can edit" under "Share", then retry.',
    },
  },
  {
    code: 1062535,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号没有目标文件夹的编辑权限。',
      en: 'The current account does not have edit access to the destination folder.',
    },
    remedy: {
      'zh-CN': '请目标文件夹的所有者在“分享”中给你“可编辑”权限后重试，或换一个文件夹。',
      en: 'Ask the owner of the destination folder to give you "Can edit" under "Share" and retry, or choose another folder.',
    },
  },
  {
    code: 1065200,
    ...MAY_APPEAR,
    afterwards: 'fail-file',
    message: {
      'zh-CN': '飞书上暂时找不到要处理的文件。',
      en: 'Feishu cannot find the file to work on at the moment.',
    },
    remedy: {
      'zh-CN': '无需处理，新建的内容可能要过几秒才能找到，飞递会自动重试。',
      en: 'Nothing to do: new items may take some seconds to show up, and Feidi tries again by itself.',
    },
    finalRemedy: {
      'zh-CN': '请在飞书中确认这个文件没有被删除或移走，然后重试。',
      en: 'Make sure in Feishu that the file was not deleted or moved, then retry.',
    },
  },
  {
    code: 91204,
    policy: 'block-account',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号无权访问飞书的“我的空间”。',
      en: 'The current account may not open "My Space" in Feishu.',
    },
    remedy: {
      'zh-CN':
        '请选择一个具体的文件夹作为目标；要使用“我的空间”，请应用管理员在飞书开发者后台的“权限管理”中开通 drive:drive.metadata:readonly，然后重新登录。',
      en: 'Choose a certain folder as the destination. To use "My Space", ask the app owner to add drive:drive.metadata:readonly under "Permissions & Scopes" in the Feishu developer console, then sign in again.',
    },
  },
  {
    code: 91201,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书暂时无法打开“我的空间”。',
      en: 'Feishu cannot open "My Space" at the moment.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试。',
      en: 'Nothing to do: Feidi tries again by itself.',
    },
  },
]
