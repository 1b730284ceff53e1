import type { place as english } from '../en/place.ts'
import type { Words } from '../words.ts'

export const place: Words<typeof english> = {
  mine: '我的空间',
  app: '应用的空间',
  folder: '文件夹',
  docx: '文档',
  sheet: '电子表格',
  base: '多维表格',
  page: '知识库页面',
  file: '文件',
  media: '素材',
  nameless: '{kind} …{end}',
  unread: '无法读取名称。{reason}',
  notAsked: '还没有向飞书读取它的名称。',
}
