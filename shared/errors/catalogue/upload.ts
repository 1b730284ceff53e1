import type { CatalogueEntry } from '../catalogue-entry.ts'
import { REFRESH_ONCE } from './rules.ts'

/** The codes of the upload calls, in the order of Feishu's own page on `upload_part`. */
export const UPLOAD_ENTRIES: readonly CatalogueEntry[] = [
  {
    code: 1061001,
    policy: 'backoff',
    maxAttempts: 5,
    afterwards: 'fail-file',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书服务器在处理请求时内部出错。',
      en: 'The Feishu server ran into an internal error.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试几次。',
      en: 'Nothing to do: Feidi tries again a few times by itself.',
    },
    finalRemedy: {
      'zh-CN':
        '请在飞书中打开目标，确认它仍在，且上传到文件夹时目标确实是文件夹而不是文档；若目标无误，请稍后重试，仍不行就把日志编号提供给飞书技术支持。',
      en: 'Open the destination in Feishu and make sure it still exists and, for a folder upload, is a folder rather than a document. If it is right, retry later, or give the log ID to Feishu support.',
    },
  },
  {
    code: 1061002,
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
    message: {
      'zh-CN': '飞书认为这次上传请求中的某项内容不正确。',
      en: 'Feishu found something in this upload request to be incorrect.',
    },
    remedy: {
      'zh-CN':
        '请重新粘贴目标链接并检查文件名，然后重试；若仍不行，请更新飞递，或把日志编号提供给飞书技术支持。',
      en: 'Paste the destination link again and check the file name, then retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
    },
  },
  {
    code: 1061003,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '飞书上找不到这次上传的目标。',
      en: 'Feishu could not find the destination of this upload.',
    },
    remedy: {
      'zh-CN': '请在飞书中打开目标，确认它没有被删除或移走，然后重新选择目标并重试。',
      en: 'Open the destination in Feishu to make sure it was not deleted or moved, then choose it again and retry.',
    },
  },
  {
    code: 1061004,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
    message: {
      'zh-CN': '当前账号没有这个目标的编辑权限。',
      en: 'The current account does not have edit access to this destination.',
    },
    remedy: {
      'zh-CN':
        '请目标的所有者在“分享”中给你“可编辑”权限；以应用身份上传时，请把应用所在的群加为文件夹的协作者，或在文档的“…”菜单中选择“添加文档应用”。',
      en: 'Ask the owner to give you "Can edit" under "Share". When uploading as an app, share the folder with a group that contains the app, or use "Add document app" in the "…" menu of the document.',
    },
  },
  {
    code: 1061005,
    ...REFRESH_ONCE,
    message: {
      'zh-CN': '飞书没有认可当前的登录身份。',
      en: 'Feishu did not accept the current sign-in.',
    },
    remedy: {
      'zh-CN':
        '飞递会先自动更新凭证；若仍被拒绝，请重新登录，使用应用凭证时请核对 App ID 和 App Secret。',
      en: 'Feidi renews the sign-in by itself first. If it is still refused, sign in again, or check the App ID and App Secret when using an app.',
    },
  },
  {
    code: 1061006,
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书服务器内部处理超时。',
      en: 'The Feishu server took too long and gave up on the request.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动重试。',
      en: 'Nothing to do: Feidi tries again by itself.',
    },
  },
  {
    code: 1061007,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '要上传到的文件或位置在飞书中已被删除。',
      en: 'The file or place to upload to was deleted in Feishu.',
    },
    remedy: {
      'zh-CN': '请从飞书云空间的“回收站”恢复它，或换一个目标，然后重试。',
      en: 'Restore it from the trash in Feishu Drive or choose another destination, then retry.',
    },
  },
  {
    code: 1061008,
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '飞书没有接受这个文件名：名称为空或超过 250 个字符。',
      en: 'Feishu did not accept the file name: it is empty or longer than 250 characters.',
    },
    remedy: {
      'zh-CN': '请把文件名改到 250 个字符以内，然后重试。',
      en: 'Rename the file to 250 characters or fewer, then retry.',
    },
  },
  {
    code: 1061021,
    policy: 'restart-upload',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '这次上传已在飞书上过期，有效期为 24 小时。',
      en: 'This upload has expired at Feishu, which keeps an unfinished one for 24 hours.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动从头上传这个文件。',
      en: 'Nothing to do: Feidi uploads the file again from the start by itself.',
    },
  },
  {
    code: 1061041,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: { 'zh-CN': '要上传到的位置已被删除。', en: 'The place to upload to was deleted.' },
    remedy: {
      'zh-CN': '请从飞书云空间的“回收站”恢复它后重试，或换一个目标。',
      en: 'Restore it from the trash in Feishu Drive and retry, or choose another destination.',
    },
  },
  {
    code: 1061042,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '这个位置容纳的图片和附件已达上限。',
      en: 'This destination holds as many images and attachments as it can.',
    },
    remedy: {
      'zh-CN': '请删掉不用的图片或附件后重试，或换一个目标。',
      en: 'Delete images or attachments that are no longer needed and retry, or choose another destination.',
    },
  },
  {
    code: 1061043,
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '文件超过了你所在企业的飞书版本允许的大小。',
      en: 'The file is larger than the Feishu plan of your organization allows.',
    },
    remedy: {
      'zh-CN':
        '请压缩或拆分文件后重试；各版本的上限见飞书帮助中心，如需更大的上限请联系飞书管理员。',
      en: 'Compress or split the file, then retry. The limit of each plan is listed in the Feishu Help Center; for a higher one, ask your Feishu admin.',
    },
  },
  {
    code: 1061044,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '要上传到的位置不存在，或不是可以上传文件的类型。',
      en: 'The place to upload to does not exist or is not of a kind that takes files.',
    },
    remedy: {
      'zh-CN': '请在飞书中打开目标，从地址栏重新复制链接，再选择一次目标。',
      en: 'Open the destination in Feishu, copy its link from the address bar and choose it again.',
    },
  },
  {
    code: 1061045,
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书正忙，或短时间内收到的请求过多。',
      en: 'Feishu is busy or received too many requests at once.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会放慢速度并自动重试。',
      en: 'Nothing to do: Feidi slows down and tries again by itself.',
    },
  },
  {
    code: 1061109,
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '文件名没有通过飞书的合规检查。',
      en: "The file name did not pass Feishu's content check.",
    },
    remedy: {
      'zh-CN': '请改一个文件名后重试；如认为判断有误，请联系飞书管理员。',
      en: 'Rename the file and retry. If you think the check is mistaken, contact your Feishu admin.',
    },
  },
  {
    code: 1061113,
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '文件没有通过飞书的内容合规检查。',
      en: "The file did not pass Feishu's content check.",
    },
    remedy: {
      'zh-CN': '飞书不会接收这个文件；如认为判断有误，请联系飞书管理员。',
      en: 'Feishu will not take this file. If you think the check is mistaken, contact your Feishu admin.',
    },
  },
  {
    code: 1061101,
    policy: 'block-account',
    domain: 'quota',
    actor: 'admin',
    message: {
      'zh-CN': '企业的飞书存储空间已用完。',
      en: "Your organization's Feishu storage is full.",
    },
    remedy: {
      'zh-CN': '请飞书管理员在管理后台清理空间或扩容，完成后重试。',
      en: 'Ask your Feishu admin to free or add storage in the Admin Console, then retry.',
    },
  },
  {
    code: 1062004,
    policy: 'success',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书还在为这个文件生成缩略图。',
      en: 'Feishu is still making a thumbnail for this file.',
    },
    remedy: {
      'zh-CN': '无需处理，缩略图稍后会自动出现。',
      en: 'Nothing to do: the thumbnail appears by itself later.',
    },
  },
  {
    code: 1062005,
    policy: 'success',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书不为这种类型的文件生成缩略图。',
      en: 'Feishu does not make thumbnails for this type of file.',
    },
    remedy: {
      'zh-CN': '无需处理，文件会照常完成上传。',
      en: 'Nothing to do: the upload completes as usual.',
    },
  },
  {
    code: 1062006,
    policy: 'success',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '这个文件的缩略图还没有生成。',
      en: 'The thumbnail of this file does not exist yet.',
    },
    remedy: {
      'zh-CN': '无需处理，缩略图稍后会自动出现。',
      en: 'Nothing to do: the thumbnail appears by itself later.',
    },
  },
  {
    code: 1062007,
    policy: 'restart-upload',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '这次上传是用另一个账号开始的。',
      en: 'This upload was begun by a different account.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会用当前账号自动从头上传。',
      en: 'Nothing to do: Feidi uploads the file again from the start with the current account.',
    },
  },
  {
    code: 1062008,
    policy: 'reread-part',
    maxAttempts: 2,
    afterwards: 'restart-upload',
    domain: 'source',
    actor: 'wait',
    message: {
      'zh-CN': '飞书收到的一片数据与文件内容不一致。',
      en: 'A part that Feishu received does not match the file.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会重新读取这一片并再次发送。',
      en: 'Nothing to do: Feidi reads the part again and sends it once more.',
    },
    finalRemedy: {
      'zh-CN': '请确认文件所在的磁盘和网络工作正常、文件没有正在被修改，然后重试。',
      en: 'Make sure the disk and the network work properly and nothing is changing the file, then retry.',
    },
  },
  {
    code: 1062009,
    policy: 'reread-part',
    maxAttempts: 2,
    afterwards: 'restart-upload',
    domain: 'source',
    actor: 'wait',
    message: {
      'zh-CN': '飞书收到的数据长度与文件不符。',
      en: 'The amount of data Feishu received does not match the file.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会核对文件后再次发送。',
      en: 'Nothing to do: Feidi checks the file and sends it once more.',
    },
    finalRemedy: {
      'zh-CN': '请等文件写入完成、不再变化，然后重试。',
      en: 'Wait until the file is completely written and no longer changes, then retry.',
    },
  },
  {
    code: 1062010,
    policy: 'restart-upload',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书上还缺少这个文件的一部分数据。',
      en: 'Some parts of this file are missing at Feishu.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动从头上传这个文件。',
      en: 'Nothing to do: Feidi uploads the file again from the start by itself.',
    },
  },
  {
    code: 1062011,
    policy: 'restart-upload',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '发送的数据与飞书给出的分片安排不一致。',
      en: 'What was sent does not fit the parts Feishu planned for this file.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动从头上传这个文件。',
      en: 'Nothing to do: Feidi uploads the file again from the start by itself.',
    },
  },
  {
    code: 1061547,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '这个文档里的附件数量已达上限。',
      en: 'This document holds as many attachments as it can.',
    },
    remedy: {
      'zh-CN': '请删掉文档中不用的附件后重试，或换一个文档。',
      en: 'Delete attachments that are no longer needed and retry, or choose another document.',
    },
  },
  {
    code: 1061061,
    policy: 'block-account',
    domain: 'quota',
    actor: 'you',
    message: {
      'zh-CN': '你的飞书个人存储空间已用完。',
      en: 'Your personal Feishu storage is full.',
    },
    remedy: {
      'zh-CN':
        '请在飞书云空间删除不需要的文件并清空“回收站”，或请飞书管理员提高你的容量，然后重试。',
      en: 'Delete files you no longer need in Feishu Drive and empty the trash, or ask your Feishu admin for more storage, then retry.',
    },
  },
  {
    code: 1061073,
    policy: 'block-kind',
    domain: 'permission',
    actor: 'admin',
    message: {
      'zh-CN': '应用没有开通上传所需的权限[：{scopes}]。',
      en: 'The app does not have the scope that uploading needs[: {scopes}].',
    },
    remedy: {
      'zh-CN':
        '请应用管理员在飞书开发者后台的“权限管理”中开通 drive:file:upload（上传到文件夹）和 docs:document.media:upload（上传到文档），发布新版本并经审核后重试。',
      en: 'Ask the app owner to add drive:file:upload (for folders) and docs:document.media:upload (for documents) under "Permissions & Scopes" in the Feishu developer console and publish a new version, then retry.',
    },
  },
  {
    code: 1062012,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书正在复制这个文件。',
      en: 'Feishu is copying this file at the moment.',
    },
    remedy: {
      'zh-CN': '无需处理，复制完成后飞递会自动继续。',
      en: 'Nothing to do: Feidi goes on by itself when the copy is finished.',
    },
  },
  {
    code: 1062013,
    policy: 'restart-upload',
    maxAttempts: 1,
    afterwards: 'fail-file',
    domain: 'server',
    actor: 'wait',
    message: { 'zh-CN': '飞书在保存这个文件时出错。', en: 'Feishu failed to save this file.' },
    remedy: {
      'zh-CN': '无需处理，飞递会自动从头再上传一次。',
      en: 'Nothing to do: Feidi uploads the file once more from the start.',
    },
    finalRemedy: {
      'zh-CN': '请在本机打开文件，确认它完好，然后重试；若仍不行，请把日志编号提供给飞书技术支持。',
      en: 'Open the file on this computer to make sure it is intact, then retry. If it still does not work, give the log ID to Feishu support.',
    },
  },
  {
    code: 1062014,
    policy: 'restart-upload',
    maxAttempts: 1,
    afterwards: 'fail-file',
    domain: 'server',
    actor: 'wait',
    message: {
      'zh-CN': '飞书不允许用已有的相同内容代替上传这个文件。',
      en: 'Feishu did not allow this file to be filled in from content it already has.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动从头完整上传一次。',
      en: 'Nothing to do: Feidi uploads the whole file once more from the start.',
    },
    finalRemedy: {
      'zh-CN': '请稍后重试；若仍不行，请把日志编号提供给飞书技术支持。',
      en: 'Retry later. If it still does not work, give the log ID to Feishu support.',
    },
  },
  {
    code: 1062051,
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'network',
    actor: 'wait',
    message: {
      'zh-CN': '上传途中与飞书的连接断开了。',
      en: 'The connection to Feishu broke during the upload.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动接着上传。',
      en: 'Nothing to do: Feidi goes on where it stopped by itself.',
    },
  },
  {
    code: 1062505,
    policy: 'block-account',
    domain: 'quota',
    actor: 'you',
    message: {
      'zh-CN': '飞书云空间里的文件和文件夹总数已达 40 万个的上限。',
      en: 'Feishu Drive has reached its limit of 400,000 files and folders in total.',
    },
    remedy: {
      'zh-CN': '请在飞书云空间删除不再需要的文件和文件夹，然后重试。',
      en: 'Delete files and folders you no longer need in Feishu Drive, then retry.',
    },
  },
  {
    code: 1062506,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '目标位置超过了飞书文件夹最多 15 层的限制。',
      en: "The destination is deeper than Feishu's limit of 15 folder levels.",
    },
    remedy: {
      'zh-CN': '请选择层级更浅的目标，或减少本地文件夹的嵌套，然后重试。',
      en: 'Choose a destination closer to the top, or nest the local folders less deeply, then retry.',
    },
  },
  {
    code: 1062507,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
    message: {
      'zh-CN': '目标文件夹已达 1500 项的上限。',
      en: 'The destination folder has reached its limit of 1,500 items.',
    },
    remedy: {
      'zh-CN': '请换一个文件夹，或在飞书中把其中一部分移到子文件夹，然后重试。',
      en: 'Choose another folder, or move some of its items into subfolders in Feishu, then retry.',
    },
  },
]
