import type { EntryBody, Text } from '../catalogue-entry.ts'
import type { LinkErrorCode } from '../error-code.ts'

/** A page that files can not go to, and what to give instead. */
function noPlace(message: Text, remedy: Text): EntryBody {
  return { policy: 'block-target', domain: 'target', actor: 'you', message, remedy }
}

const USE_ANOTHER: Text = {
  'zh-CN': '请改用文件夹、文档、电子表格或多维表格的链接。',
  en: 'Use the link of a folder, document, sheet or Base instead.',
}

/** Links that lead to something files can not go to. */
export const LINK_BODIES = {
  'link-old-doc': noPlace(
    {
      'zh-CN': '这是旧版文档，飞书已不再支持向其中添加文件。',
      en: 'This is a document of the old kind, which Feishu no longer adds files to.',
    },
    {
      'zh-CN': '请在飞书中把它转换为新版文档，再复制新的链接。',
      en: 'Turn it into a new document in Feishu, then copy its new link.',
    },
  ),
  'link-slides': noPlace(
    {
      'zh-CN': '这是幻灯片，不能接收文件。',
      en: 'This is a presentation, which does not take files.',
    },
    USE_ANOTHER,
  ),
  'link-mindnote': noPlace(
    {
      'zh-CN': '这是思维笔记，不能接收文件。',
      en: 'This is a mind note, which does not take files.',
    },
    USE_ANOTHER,
  ),
  'link-base-part': noPlace(
    {
      'zh-CN': '这个链接指向多维表格的表单、分享视图、仪表盘或自动化，不是数据表。',
      en: 'This link leads to a form, shared view, dashboard or automation of a Base, not to a table.',
    },
    {
      'zh-CN': '请打开多维表格中的数据表，从地址栏复制它的链接。',
      en: 'Open the table in its Base and copy the link from the address bar.',
    },
  ),
  'link-base-record': noPlace(
    {
      'zh-CN': '这是单条记录的分享链接，看不出它属于哪个多维表格。',
      en: 'This is the share link of a single record, which does not tell the Base it belongs to.',
    },
    {
      'zh-CN': '请在多维表格中打开这条记录，从地址栏复制带有 record= 的链接。',
      en: 'Open the record in its Base and copy the link with record= from the address bar.',
    },
  ),
  'link-app': noPlace(
    {
      'zh-CN': '这是应用的页面，不能接收文件。',
      en: 'This is the page of an app, which does not take files.',
    },
    USE_ANOTHER,
  ),
  'link-wiki-space': noPlace(
    {
      'zh-CN': '这是知识库的设置页，不是知识库中的页面。',
      en: 'This is the settings page of a wiki, not a page in it.',
    },
    {
      'zh-CN': '请打开知识库中的文档、电子表格或多维表格，从地址栏复制它的链接。',
      en: 'Open a document, sheet or Base in the wiki and copy its link from the address bar.',
    },
  ),
} satisfies Record<LinkErrorCode, EntryBody>
