import type { localPlace as english } from '../../en/errors/local-place.ts'
import type { Wordings } from '../../words.ts'

const CHOOSE_FIELD = '请选择一个字段：在界面中选取，或写成 base:APP/TABLE/字段名。'

export const localPlace: Wordings<typeof english> = {
  'destination-not-looked-up': {
    message: '还不知道这个链接指向什么，需要先向飞书查询[：{detail}]。',
    remedy: '请在联网并登录后再试一次；之后就可以离线使用了。',
  },
  'destination-read-only': {
    message: '当前账号不能编辑这个目标[：{detail}]。',
    remedy: '请目标的所有者给你或应用“可编辑”权限，然后重试。',
  },
  'path-missing': {
    message: '没有这个文件夹或页面[：{detail}]。',
    remedy:
      '请检查名称：`feidi destinations` 会列出现有的。`feidi destinations 路径 --create` 可以新建缺少的文件夹。',
  },
  'path-ambiguous': {
    message: '有多个同名的文件夹或页面[：{detail}]。',
    remedy: '请改用所需那一个的 token 或链接。',
  },
  'search-needs-person': {
    message: '飞书只允许个人搜索，当前账号是应用。',
    remedy: '请粘贴文件夹的链接，或打开它所在的文件夹。共享给应用的文件夹只能用链接指定。',
  },
  'one-file-only': {
    message: '这个目标是一个文件，一次只能用一个文件替换它。',
    remedy: '请只选择一个文件，或改用文件夹的链接。',
  },
  'overwrite-unsupported': {
    message: '这个企业的飞书还不支持替换已有的文件。',
    remedy: '请改用文件夹作为目标，新文件会放在旧文件旁边。',
  },
  'overwrite-made-second': {
    message: '飞书没有替换这个文件，而是另存了一个文件。',
    remedy: '请在飞书中删除多出的那个文件，并改用文件夹作为目标；飞递不会再尝试替换。',
  },
  'wiki-refused': {
    message: '飞书没有接受放到这个知识库页面下的文件[（{detail}）]。',
    remedy: '请先上传到文件夹，再在飞书中把文件移动到知识库；或稍后重试。',
  },
  'name-taken': {
    message: '文件夹里已有同名的文件。',
    remedy: '无需处理，如要上传，请选择“都保留”或“替换”。',
  },
  'base-table-missing': {
    message: '多维表格中没有这个数据表；链接可能指向仪表盘或自动化[：{detail}]。',
    remedy: '请打开要写入的数据表，从地址栏复制它的链接。',
  },
  'base-table-ambiguous': {
    message: '多维表格有多个数据表，需要选择一个[：{detail}]。',
    remedy: '请打开要写入的数据表，从地址栏复制带有 table= 的链接。',
  },
  'base-field-missing': {
    message: '数据表中没有这个字段[：{detail}]。',
    remedy: CHOOSE_FIELD,
  },
  'base-field-not-attachment': {
    message: '这个字段不是“附件”类型[：{detail}]。',
    remedy: CHOOSE_FIELD,
  },
  'base-no-attachment-field': {
    message: '数据表中没有“附件”类型的字段。',
    remedy: '请在多维表格中添加一个“附件”字段，然后重试。',
  },
  'base-field-ambiguous': {
    message: '数据表有多个附件字段，需要选择一个[：{detail}]。',
    remedy: CHOOSE_FIELD,
  },
  'base-column-type': {
    message: '这个字段不能写入所选的信息[：{detail}]。',
    remedy: '名称和路径写入文本字段，大小写入数字字段，时间写入日期字段。',
  },
  'sheet-missing': {
    message: '电子表格中没有这个工作表[：{detail}]。',
    remedy: '请打开要使用的工作表，从地址栏复制它的链接。',
  },
  'sheet-only-images': {
    message: '电子表格只能接收图片[：{detail}]。',
    remedy: '请改用文件夹、文档或多维表格作为这个文件的目标。',
  },
  'sheet-image-too-large': {
    message: '电子表格中的图片不能超过 20 MB[：{detail}]。',
    remedy: '请缩小图片，或改用文件夹、文档作为目标。',
  },
  'attachment-too-large': {
    message: '多维表格的附件不能超过 2 GB[：{detail}]。',
    remedy: '请把它上传到文件夹，再在记录中填写链接。',
  },
  'document-being-edited': {
    message: '文档正在被频繁编辑，暂时不能移除为文件准备的空白位置。',
    remedy: '无需处理，飞递稍后会自动重试。',
  },
}
