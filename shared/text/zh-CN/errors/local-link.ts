import type { localLink as english } from '../../en/errors/local-link.ts'
import type { Wordings } from '../../words.ts'

const USE_ANOTHER = '请改用文件夹、文档、电子表格或多维表格的链接。'

export const localLink: Wordings<typeof english> = {
  'link-old-doc': {
    message: '这是旧版文档，飞书已不再支持向其中添加文件。',
    remedy: '请在飞书中把它转换为新版文档，再复制新的链接。',
  },
  'link-slides': {
    message: '这是幻灯片，不能接收文件。',
    remedy: USE_ANOTHER,
  },
  'link-mindnote': {
    message: '这是思维笔记，不能接收文件。',
    remedy: USE_ANOTHER,
  },
  'link-base-part': {
    message: '这个链接指向多维表格的表单、分享视图、仪表盘或自动化，不是数据表。',
    remedy: '请打开多维表格中的数据表，从地址栏复制它的链接。',
  },
  'link-base-record': {
    message: '这是单条记录的分享链接，看不出它属于哪个多维表格。',
    remedy: '请在多维表格中打开这条记录，从地址栏复制带有 record= 的链接。',
  },
  'link-app': {
    message: '这是应用的页面，不能接收文件。',
    remedy: USE_ANOTHER,
  },
  'link-wiki-space': {
    message: '这是知识库的设置页，不是知识库中的页面。',
    remedy:
      '请打开知识库中的一个页面，从地址栏复制它的链接；文件可以放进页面，也可以作为它的子页面。',
  },
  'link-elsewhere': {
    message: '这不是飞书或 Lark 的链接[：{detail}]。',
    remedy: '请在飞书中打开目标，从地址栏复制完整的链接，再粘贴到飞递。',
  },
}
