/** The scopes that open each purpose: the one statement of them, for sign-ins, checklists and guides. */

/** Any one of these is enough. The one to ask for leads; it may serve several groups. */
export type ScopeGroup = readonly [string, ...string[]]

/** Asks for a refresh token; without it a sign-in ends after two hours. */
export const OFFLINE_SCOPE = 'offline_access'

// 上传文件, 获取文件夹中的文件清单, 新建文件夹 · 权限要求.
const UPLOAD_FILE: ScopeGroup = ['drive:file:upload', 'drive:file', 'drive:drive']
const LIST_FOLDER: ScopeGroup = ['space:document:retrieve', 'drive:drive:readonly', 'drive:drive']
const CREATE_FOLDER: ScopeGroup = ['space:folder:create', 'drive:drive']
// 上传素材 · 权限要求.
const UPLOAD_MEDIA: ScopeGroup = [
  'docs:document.media:upload',
  'bitable:app',
  'docs:doc',
  'sheets:spreadsheet',
  'drive:drive',
]
// 创建导入任务, 查询导入任务结果 · 权限要求.
const IMPORT: ScopeGroup = ['docs:document:import', 'drive:drive']
const LOOK_AT_IMPORT: ScopeGroup = ['docs:document:import', 'drive:drive:readonly', 'drive:drive']
// 获取文档所有块, 创建块 · 权限要求. Only the wide one, which leads, also takes away the block of a failed upload.
const READ_DOCUMENT: ScopeGroup = ['docx:document', 'docx:document:readonly']
const WRITE_DOCUMENT: ScopeGroup = ['docx:document', 'docx:document:write_only']
// 获取工作表, 创建浮动图片 · 权限要求.
const READ_SHEET: ScopeGroup = [
  'sheets:spreadsheet',
  'sheets:spreadsheet:read',
  'sheets:spreadsheet:readonly',
  'drive:drive',
]
const WRITE_SHEET: ScopeGroup = [
  'sheets:spreadsheet',
  'sheets:spreadsheet:write_only',
  'drive:drive',
]
// 获取多维表格元数据, 列出数据表, 列出字段, 查询记录, 新增记录, 更新记录, 批量获取记录 · 权限要求.
const BASE_READ = ['bitable:app:readonly', 'bitable:app'] as const
const READ_BASE: ScopeGroup = ['base:app:read', ...BASE_READ]
const READ_TABLES: ScopeGroup = ['base:table:read', ...BASE_READ]
const READ_FIELDS: ScopeGroup = ['base:field:read', ...BASE_READ]
const FIND_RECORDS: ScopeGroup = ['base:record:retrieve', ...BASE_READ]
const CREATE_RECORD: ScopeGroup = ['base:record:create', 'bitable:app']
const UPDATE_RECORD: ScopeGroup = ['base:record:update', 'bitable:app']
const READ_RECORD: ScopeGroup = ['base:record:read', ...BASE_READ]
// 获取知识空间节点信息, 获取知识空间子节点列表 · 权限要求; the official client asks the second for either.
const READ_PAGE: ScopeGroup = [
  'wiki:node:read',
  'wiki:node:retrieve',
  'wiki:wiki:readonly',
  'wiki:wiki',
]
// 移动云空间文档至知识空间, 获取任务结果 · 权限要求.
const MOVE_TO_WIKI: ScopeGroup = ['wiki:node:move', 'wiki:wiki']
const LOOK_AT_WIKI_TASK: ScopeGroup = ['wiki:space:read', 'wiki:wiki:readonly', 'wiki:wiki']
const LIST_PAGES: ScopeGroup = ['wiki:node:retrieve', 'wiki:wiki:readonly', 'wiki:wiki']
// 移动文件或文件夹, 删除文件或文件夹 · 权限要求.
const MOVE: ScopeGroup = ['space:document:move', 'drive:drive']
const DELETE: ScopeGroup = ['space:document:delete', 'drive:drive']
// 获取我的空间（根文件夹）元数据, 获取知识空间列表, 文档搜索, 查询异步任务状态 · 权限要求.
const READ_ROOT: ScopeGroup = [
  'drive:drive.metadata:readonly',
  'drive:drive:readonly',
  'drive:drive',
]
const LIST_SPACES: ScopeGroup = ['wiki:space:retrieve', 'wiki:wiki:readonly', 'wiki:wiki']
const SEARCH: ScopeGroup = ['search:docs:read']
const LOOK_AT_TASK: ScopeGroup = READ_ROOT
// 获取文件元数据, 判断用户权限, 增加协作者权限, 获取云文档协作者, 下载文件 · 权限要求.
const READ_NAMES: ScopeGroup = ['drive:drive.metadata:readonly', 'drive:drive']
const MANAGE = [
  'drive:drive',
  'docs:doc',
  'sheets:spreadsheet',
  'bitable:app',
  'wiki:wiki',
] as const
const CHECK_RIGHTS: ScopeGroup = ['docs:permission.member:auth', ...MANAGE]
const SHARE: ScopeGroup = ['docs:permission.member:create', ...MANAGE]
const LIST_MEMBERS: ScopeGroup = ['docs:permission.member:retrieve', ...MANAGE]
const DOWNLOAD: ScopeGroup = [
  'drive:file:download',
  'drive:file:readonly',
  'drive:file',
  'drive:drive:readonly',
  'drive:drive',
]

/**
 * The purposes a permission serves: kinds of destination, then what helps at all of them. A purpose needs one scope
 * of every group. An app acts with the same scopes as a person, but for `search` and `staySignedIn`, which are for people.
 */
const PURPOSES = {
  /** Folders, shared folders, My Space, and new versions of files there. */
  folder: [UPLOAD_FILE, LIST_FOLDER, CREATE_FOLDER],
  /** Only a token comes back. */
  media: [UPLOAD_MEDIA],
  /** Files that become online documents. */
  import: [UPLOAD_MEDIA, IMPORT, LOOK_AT_IMPORT, LIST_FOLDER],
  document: [UPLOAD_MEDIA, READ_DOCUMENT, WRITE_DOCUMENT],
  sheet: [UPLOAD_MEDIA, READ_SHEET, WRITE_SHEET],
  /** New records. */
  base: [UPLOAD_MEDIA, READ_BASE, READ_TABLES, READ_FIELDS, FIND_RECORDS, CREATE_RECORD],
  /** One more attachment of a given record. */
  record: [
    UPLOAD_MEDIA,
    READ_BASE,
    READ_TABLES,
    READ_FIELDS,
    FIND_RECORDS,
    READ_RECORD,
    UPDATE_RECORD,
  ],
  /** Links of wiki pages: what the page shows. */
  wiki: [READ_PAGE],
  /** Files as pages below a wiki page. */
  page: [UPLOAD_FILE, LIST_PAGES],
  /** Files that become online documents, and are moved below a wiki page. */
  wikiImport: [
    UPLOAD_MEDIA,
    IMPORT,
    LOOK_AT_IMPORT,
    LIST_FOLDER,
    LIST_PAGES,
    MOVE_TO_WIKI,
    LOOK_AT_WIKI_TASK,
  ],
  share: [SHARE, LIST_MEMBERS],
  /** Names of folders and documents instead of their tokens. */
  names: [READ_NAMES],
  /** My Space and wikis as lists to choose a destination from. */
  browse: [LIST_FOLDER, READ_ROOT, LIST_SPACES, LIST_PAGES],
  /** Folders of other people, and places by their name. Only for people. */
  search: [SEARCH],
  /** Renaming, moving and deleting in Feishu as here. */
  follow: [UPLOAD_FILE, LIST_FOLDER, CREATE_FOLDER, MOVE, DELETE, LOOK_AT_TASK],
  /** The right to edit a document is known before anything is sent there. */
  rights: [CHECK_RIGHTS],
  /** After a lost answer, what is in Feishu is compared byte by byte. */
  compare: [DOWNLOAD],
  staySignedIn: [[OFFLINE_SCOPE]],
} as const satisfies Record<string, readonly ScopeGroup[]>

export type Purpose = keyof typeof PURPOSES

/** In the order they are shown in. */
export const PURPOSE_NAMES = Object.keys(PURPOSES) as readonly Purpose[]

/** Kinds of destination; all others help at every destination. */
export const PLACES = [
  'folder',
  'import',
  'document',
  'sheet',
  'base',
  'record',
  'wiki',
  'page',
  'wikiImport',
] as const satisfies readonly Purpose[]

/** Returns the groups of a purpose. */
export function groupsOf(purpose: Purpose): readonly ScopeGroup[] {
  return PURPOSES[purpose]
}

/** Returns the purposes' scopes to ask for, each once: the leading one of every group. */
export function scopesOf(purposes: readonly Purpose[]): string[] {
  return [...new Set(purposes.flatMap(groupsOf).map(([leading]) => leading))]
}
