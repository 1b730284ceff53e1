import type { localSource as english } from '../../en/errors/local-source.ts'
import type { Wordings } from '../../words.ts'

export const localSource: Wordings<typeof english> = {
  'source-missing': {
    message: '文件已不在原来的位置。',
    remedy: '请把文件放回原处后重试，或从新的位置重新添加。',
  },
  'source-moved': {
    message: '轮到这个文件时，它已不在原来的位置（被重命名、移走或删除）。',
    remedy: '无需处理，只要它还在被监视的文件夹里，就会从新的位置上传。',
  },
  'sensitive-file': {
    message: '这里可能有密钥、密码等敏感内容，未经确认不会上传到共享的地方。',
    remedy: '如果确实要上传，请再次添加并允许敏感文件（命令行加 --allow-sensitive）。',
  },
  'source-is-directory': {
    message: '原来的文件现在是一个文件夹。',
    remedy: '如要上传整个文件夹，请用“添加文件夹”重新添加。',
  },
  'source-not-a-file': {
    message: '这不是普通文件，而是设备、管道之类的特殊项目，无法上传。',
    remedy: '请把需要的内容另存为普通文件，再添加到飞递。',
  },
  'source-is-link': {
    message: '这是一个指向别处的链接，飞递不会跟随链接离开文件夹。',
    remedy: '无需处理，如果要上传链接所指的文件，请直接添加那个文件。',
  },
  'source-name-invalid': {
    message: '文件名不是有效的 UTF-8 文本，无法打开，也无法上传。',
    remedy: '请重命名；如果文件名来自旧系统，可用 convmv 批量转换编码。',
  },
  'source-unreadable': {
    message: '飞递没有读取这个文件的权限。',
    remedy:
      '请在文件属性中允许当前用户读取；在 macOS 上，还请在“系统设置 → 隐私与安全性 → 文件与文件夹”中允许飞递访问，然后重试。',
  },
  'source-busy': {
    message: '文件正在被其他程序使用。',
    remedy: '无需处理，文件关闭后会自动上传。',
    finalRemedy: '请关闭正在使用这个文件的程序，然后重试。',
  },
  'source-empty': {
    message: '这是一个空文件，飞书不接收空文件。',
    remedy: '无需处理，文件有了内容后可以再次上传。',
  },
  'source-changed': {
    message: '文件在上传过程中有改动。',
    remedy: '无需处理，文件不再变化后会自动从头上传新的内容。',
    finalRemedy: '请等文件不再变化，然后重试。',
  },
  'source-unstable': {
    message: '文件一直在变化，无法上传一份完整的内容。',
    remedy: '请等正在写入它的程序完成，或先复制一份再上传副本。',
  },
  'source-io-error': {
    message: '从磁盘读取文件时出错。',
    remedy: '无需处理，飞递会自动再读取几次。',
    finalRemedy: '请检查磁盘或网络驱动器是否已连接、能否打开这个文件，然后重试。',
  },
  'source-away': {
    message: '存放它的磁盘、网络驱动器或网盘没有响应。',
    remedy: '无需处理，飞递会自动再试；请确认驱动器已连接。',
    finalRemedy: '请重新连接磁盘、网络驱动器或网盘，然后重试。',
  },
  'source-path-too-long': {
    message: '路径太长，系统无法打开。',
    remedy: '请缩短文件夹或文件的名称，或把它移到更靠上的文件夹。',
  },
  'source-locked': {
    message: '它已加密，目前处于锁定状态，无法读取。',
    remedy: '请先解锁加密的文件夹，然后重试。',
  },
  'source-exhausted': {
    message: '系统打开的文件太多或内存不足，暂时无法读取。',
    remedy: '无需处理，飞递会自动再试。',
    finalRemedy: '请关闭一些程序，或调大打开文件数的上限（ulimit -n），然后重试。',
  },
  'source-redirected': {
    message: '文件或它所在的文件夹已被换成指向别处的链接，因此没有上传。',
    remedy: '请确认是谁改动了这个位置；如果确实要上传链接所指的文件，请直接添加那个文件。',
  },
  'source-own-state': {
    message: '这是飞递自己的数据，不会上传。',
    remedy: '请改选别的文件。',
  },
  'already-uploaded': {
    message: '内容没有变化，飞书上已有这个文件。',
    remedy: '无需处理，文件有改动后会作为新内容上传。',
  },
  'file-too-large': {
    message: '文件太大，无法上传到这个目标。',
    remedy:
      '请压缩或拆分文件，或改为上传到飞书文件夹：只能整份发送的位置上限为 20 MiB，分片上传须在 24 小时内用不超过 10,000 次调用完成。',
  },
  'name-empty': {
    message: '文件没有可用的名称。',
    remedy: '请给文件取一个名称，然后重试。',
  },
  'name-too-long': {
    message: '文件名超过了飞书 250 个字符的上限。',
    remedy: '请把文件名改到 250 个字符以内，然后重试。',
  },
  'folder-name-too-long': {
    message: '文件夹名称超过了飞书 256 字节的上限，约合 85 个汉字。',
    remedy: '请缩短文件夹的名称，然后重试。',
  },
}
