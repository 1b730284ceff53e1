import type { permissions as english } from '../en/permissions.ts'
import type { Words } from '../words.ts'

export const permissions: Words<typeof english> = {
  folder: '文件夹、共享文件夹和“我的空间”',
  media: '素材（只返回 token）',
  import: '转换为在线文档',
  document: '文档',
  sheet: '电子表格（图片）',
  base: '多维表格：新增记录',
  record: '多维表格：已有记录',
  wiki: '知识库页面的链接',
  page: '知识库页面的子页面',
  wikiImport: '知识库页面下的在线文档',
  share: '共享已上传的文件',
  names: '显示文件夹和文档的名称',
  browse: '浏览“我的空间”和知识库',
  search: '搜索位置',
  follow: '随监视的文件夹重命名、移动和删除',
  rights: '提前检查编辑权限',
  compare: '网络中断后核对文件',
  staySignedIn: '保持登录',
}
