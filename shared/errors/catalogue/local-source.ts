import type { EntryBody } from '../catalogue-entry.ts'
import type { SourceErrorCode } from '../error-code.ts'

/** The file to upload. */
export const SOURCE_BODIES = {
  'source-missing': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: { 'zh-CN': '文件已不在原来的位置。', en: 'The file is no longer where it was.' },
    remedy: {
      'zh-CN': '请把文件放回原处后重试，或从新的位置重新添加。',
      en: 'Put the file back and retry, or add it again from its new place.',
    },
  },
  'source-moved': {
    policy: 'skip-file',
    domain: 'source',
    actor: 'wait',
    message: {
      'zh-CN': '轮到这个文件时，它已不在原来的位置（被重命名、移走或删除）。',
      en: 'When its turn came, the file was no longer where it was: renamed, moved or deleted.',
    },
    remedy: {
      'zh-CN': '无需处理，只要它还在被监视的文件夹里，就会从新的位置上传。',
      en: 'Nothing to do: if it is still in the watched folder, it is uploaded from its new place.',
    },
  },
  'sensitive-file': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '这里可能有密钥、密码等敏感内容，未经确认不会上传到共享的地方。',
      en: 'It may hold keys, passwords or all that is yours, and does not go to a shared place unasked.',
    },
    remedy: {
      'zh-CN': '如果确实要上传，请再次添加并允许敏感文件（命令行加 --allow-sensitive）。',
      en: 'If it is meant to go up, add it again and allow sensitive files (--allow-sensitive on the command line).',
    },
  },
  'source-is-directory': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '原来的文件现在是一个文件夹。',
      en: 'There is a folder where a file was expected.',
    },
    remedy: {
      'zh-CN': '如要上传整个文件夹，请用“添加文件夹”重新添加。',
      en: 'To upload the whole folder, add it again as a folder.',
    },
  },
  'source-not-a-file': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '这不是普通文件，而是设备、管道之类的特殊项目，无法上传。',
      en: 'This is not an ordinary file but something like a device or a pipe, which cannot be uploaded.',
    },
    remedy: {
      'zh-CN': '请把需要的内容另存为普通文件，再添加到飞递。',
      en: 'Save what you need as an ordinary file and add that to Feidi.',
    },
  },
  'source-is-link': {
    policy: 'skip-file',
    domain: 'source',
    actor: 'wait',
    message: {
      'zh-CN': '这是一个指向别处的链接，飞递不会跟随链接离开文件夹。',
      en: 'This is a link, and Feidi does not follow links out of a folder.',
    },
    remedy: {
      'zh-CN': '无需处理，如果要上传链接所指的文件，请直接添加那个文件。',
      en: 'Nothing to do: if you want the file it points to, add that file itself.',
    },
  },
  'source-name-invalid': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '文件名不是有效的 UTF-8 文本，无法打开，也无法上传。',
      en: 'The name is not valid UTF-8 text, so the file can be neither opened nor uploaded.',
    },
    remedy: {
      'zh-CN': '请重命名；如果文件名来自旧系统，可用 convmv 批量转换编码。',
      en: 'Rename it. Names from an older system can be converted in bulk with convmv.',
    },
  },
  'source-unreadable': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '飞递没有读取这个文件的权限。',
      en: 'Feidi is not allowed to read this file.',
    },
    remedy: {
      'zh-CN':
        '请在文件属性中允许当前用户读取；在 macOS 上，还请在“系统设置 → 隐私与安全性 → 文件与文件夹”中允许飞递访问，然后重试。',
      en: 'Allow your user to read the file in its properties. On macOS also allow Feidi under System Settings → Privacy & Security → Files and Folders, then retry.',
    },
  },
  'source-busy': {
    policy: 'wait-source',
    domain: 'source',
    actor: 'wait',
    message: { 'zh-CN': '文件正在被其他程序使用。', en: 'The file is in use by another program.' },
    remedy: {
      'zh-CN': '无需处理，文件关闭后会自动上传。',
      en: 'Nothing to do: it is uploaded by itself when the file is closed.',
    },
    finalRemedy: {
      'zh-CN': '请关闭正在使用这个文件的程序，然后重试。',
      en: 'Close the program that uses the file, then retry.',
    },
  },
  'source-empty': {
    policy: 'skip-file',
    domain: 'source',
    actor: 'wait',
    message: {
      'zh-CN': '这是一个空文件，飞书不接收空文件。',
      en: 'The file is empty, and Feishu does not take empty files.',
    },
    remedy: {
      'zh-CN': '无需处理，文件有了内容后可以再次上传。',
      en: 'Nothing to do: once the file has content, it can be uploaded.',
    },
  },
  'source-changed': {
    policy: 'wait-source',
    domain: 'source',
    actor: 'wait',
    message: {
      'zh-CN': '文件在上传过程中有改动。',
      en: 'The file changed while it was being uploaded.',
    },
    remedy: {
      'zh-CN': '无需处理，文件不再变化后会自动从头上传新的内容。',
      en: 'Nothing to do: when the file stops changing, its new content is uploaded from the start by itself.',
    },
    finalRemedy: {
      'zh-CN': '请等文件不再变化，然后重试。',
      en: 'Wait until the file no longer changes, then retry.',
    },
  },
  'source-unstable': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '文件一直在变化，无法上传一份完整的内容。',
      en: 'The file keeps changing, so no complete copy of it can be uploaded.',
    },
    remedy: {
      'zh-CN': '请等正在写入它的程序完成，或先复制一份再上传副本。',
      en: 'Wait until the program that writes it has finished, or make a copy and upload the copy.',
    },
  },
  'source-io-error': {
    policy: 'backoff',
    maxAttempts: 3,
    afterwards: 'fail-file',
    domain: 'source',
    actor: 'wait',
    message: { 'zh-CN': '从磁盘读取文件时出错。', en: 'The file could not be read from the disk.' },
    remedy: {
      'zh-CN': '无需处理，飞递会自动再读取几次。',
      en: 'Nothing to do: Feidi tries to read it a few more times.',
    },
    finalRemedy: {
      'zh-CN': '请检查磁盘或网络驱动器是否已连接、能否打开这个文件，然后重试。',
      en: 'Check that the disk or network drive is connected and the file can be opened, then retry.',
    },
  },
  'source-away': {
    policy: 'backoff',
    maxAttempts: 10,
    afterwards: 'fail-file',
    domain: 'source',
    actor: 'wait',
    message: {
      'zh-CN': '存放它的磁盘、网络驱动器或网盘没有响应。',
      en: 'The disk, network drive or cloud drive that it is on does not answer.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动再试；请确认驱动器已连接。',
      en: 'Nothing to do: Feidi tries again by itself. Check that the drive is connected.',
    },
    finalRemedy: {
      'zh-CN': '请重新连接磁盘、网络驱动器或网盘，然后重试。',
      en: 'Connect the disk, network drive or cloud drive again, then retry.',
    },
  },
  'source-path-too-long': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '路径太长，系统无法打开。',
      en: 'The path is too long for the system to open.',
    },
    remedy: {
      'zh-CN': '请缩短文件夹或文件的名称，或把它移到更靠上的文件夹。',
      en: 'Shorten the names of the folders or the file, or move it into a folder further up.',
    },
  },
  'source-locked': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '它已加密，目前处于锁定状态，无法读取。',
      en: 'It is encrypted and locked at present, so it cannot be read.',
    },
    remedy: {
      'zh-CN': '请先解锁加密的文件夹，然后重试。',
      en: 'Unlock the encrypted folder, then retry.',
    },
  },
  'source-exhausted': {
    policy: 'wait-source',
    domain: 'source',
    actor: 'wait',
    message: {
      'zh-CN': '系统打开的文件太多或内存不足，暂时无法读取。',
      en: 'The system has too many files open or too little memory to read it now.',
    },
    remedy: {
      'zh-CN': '无需处理，飞递会自动再试。',
      en: 'Nothing to do: Feidi tries again by itself.',
    },
    finalRemedy: {
      'zh-CN': '请关闭一些程序，或调大打开文件数的上限（ulimit -n），然后重试。',
      en: 'Close some programs or raise the limit of open files (ulimit -n), then retry.',
    },
  },
  'source-redirected': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '文件或它所在的文件夹已被换成指向别处的链接，因此没有上传。',
      en: 'A link has taken the place of the file, or of a folder that it is in, so it was not uploaded.',
    },
    remedy: {
      'zh-CN': '请确认是谁改动了这个位置；如果确实要上传链接所指的文件，请直接添加那个文件。',
      en: 'Find out who has changed this place. If you do want what the link leads to, add that file itself.',
    },
  },
  'source-own-state': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '这是飞递自己的数据，不会上传。',
      en: 'This is data of Feidi itself, which is never uploaded.',
    },
    remedy: {
      'zh-CN': '请改选别的文件。',
      en: 'Choose another file.',
    },
  },
  'already-uploaded': {
    policy: 'skip-file',
    domain: 'source',
    actor: 'wait',
    message: {
      'zh-CN': '内容没有变化，飞书上已有这个文件。',
      en: 'The content is unchanged, and the file is already in Feishu.',
    },
    remedy: {
      'zh-CN': '无需处理，文件有改动后会作为新内容上传。',
      en: 'Nothing to do: once the file changes, the new content can be uploaded.',
    },
  },
  'file-too-large': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '文件太大，无法上传到这个目标。',
      en: 'The file is too large for this destination.',
    },
    remedy: {
      'zh-CN':
        '请压缩或拆分文件，或改为上传到飞书文件夹：只能整份发送的位置上限为 20 MiB，分片上传须在 24 小时内用不超过 10,000 次调用完成。',
      en: 'Compress or split the file, or upload it to a Feishu folder. Places that take a file only in one piece are limited to 20 MiB; an upload in parts must finish within 24 hours and 10,000 calls.',
    },
  },
  'name-empty': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: { 'zh-CN': '文件没有可用的名称。', en: 'The file has no usable name.' },
    remedy: { 'zh-CN': '请给文件取一个名称，然后重试。', en: 'Give the file a name, then retry.' },
  },
  'name-too-long': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '文件名超过了飞书 250 个字符的上限。',
      en: "The file name is longer than Feishu's limit of 250 characters.",
    },
    remedy: {
      'zh-CN': '请把文件名改到 250 个字符以内，然后重试。',
      en: 'Rename the file to 250 characters or fewer, then retry.',
    },
  },
  'folder-name-too-long': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
    message: {
      'zh-CN': '文件夹名称超过了飞书 256 字节的上限，约合 85 个汉字。',
      en: "A folder name is longer than Feishu's limit of 256 bytes, about 85 Chinese characters.",
    },
    remedy: {
      'zh-CN': '请缩短文件夹的名称，然后重试。',
      en: 'Shorten the name of the folder, then retry.',
    },
  },
} satisfies Record<SourceErrorCode, EntryBody>
