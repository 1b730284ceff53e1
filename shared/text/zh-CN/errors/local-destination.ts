import type { localDestination as english } from '../../en/errors/local-destination.ts'
import type { Wordings } from '../../words.ts'

export const localDestination: Wordings<typeof english> = {
  'destination-invalid': {
    message: '这不是飞书链接[：{detail}]。',
    remedy: '请在飞书中打开目标，从地址栏复制完整的链接，再粘贴到飞递。',
  },
  'destination-unsupported': {
    message: '这种类型的目标不能接收文件[：{detail}]。',
    remedy: '请在飞书中打开一个文件夹、文档、电子表格或多维表格，从地址栏复制它的链接作为目标。',
  },
  'media-unknown': {
    message: '飞书没有这个名称的上传点[：{detail}]。',
    remedy:
      '请检查第二个冒号前的名称，例如 docx_image、sheet_image、bitable_file；使用手册列出了全部名称。',
  },
  'media-for-import': {
    message: '这个上传点只是导入文档的前半步，飞递不做后半步。',
    remedy: '请把文件上传到文件夹，再在飞书中打开并转为在线文档。',
  },
  'folder-full': {
    message: '目标文件夹放不下了，飞书的每个文件夹最多 1500 项。',
    remedy: '请换一个文件夹，或在飞书中把其中一部分移到子文件夹，然后重试。',
  },
  'folder-too-deep': {
    message: '文件夹嵌套过深，飞书最多支持 15 层。',
    remedy: '请选择层级更浅的目标，或减少本地文件夹的嵌套，然后重试。',
  },
}
