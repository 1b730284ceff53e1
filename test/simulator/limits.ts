/** Numbers the open platform documents, and the names the simulator starts with. */

export const MiB = 1024 * 1024

/** 分片上传 · 预上传: the platform cuts files into blocks of 4 MiB. */
export const BLOCK_SIZE_BYTES = 4 * MiB

/** 上传素材 / 上传文件 · upload_all: size ≤ 20 MiB, inclusive. */
export const UPLOAD_ALL_LIMIT_BYTES = 20 * MiB

/** 上传文件 · file_name: at most 250 characters. The page does not say what a character is; we count code points. */
export const FILE_NAME_LIMIT = 250

/** 新建文件夹 · name: 1 to 256 bytes. */
export const FOLDER_NAME_LIMIT_BYTES = 256

/** 云空间概述: children of one folder, depth of the tree, nodes altogether. */
export const MAX_CHILDREN = 1_500
export const MAX_DEPTH = 15
export const MAX_NODES = 400_000

/** 获取文件夹中的文件清单 · page_size. */
export const PAGE_SIZE_DEFAULT = 100
export const PAGE_SIZE_LIMIT = 200

/** 分片上传 · 预上传: upload_id and progress are valid for 24 hours. */
export const TRANSACTION_LIFE_MS = 24 * 60 * 60 * 1000

/** 创建导入任务 · 1069913: a file uploaded for an import is good for five minutes. */
export const IMPORT_LIFE_MS = 5 * 60 * 1000

/** 自建应用获取 tenant_access_token: at most two hours; the same token while 30 minutes or more are left. */
export const TOKEN_LIFE_MS = 2 * 60 * 60 * 1000
export const TOKEN_REUSE_MS = 30 * 60 * 1000

/** 新增记录 · 1254103: 20,000 records in a table. 多维表格概述 says that it depends on the tenant. */
export const MAX_RECORDS = 20_000

/** 新增多条记录, 更新多条记录: at most 1,000 in one call. */
export const MAX_BATCH = 1_000

/** 新增记录 · 1254106 gives no number; ours. */
export const MAX_ATTACHMENTS = 100

/** 列出数据表, 列出字段 · page_size; 查询记录 · page_size. */
export const BASE_PAGE_SIZE = { default: 20, limit: 100 } as const
export const RECORD_PAGE_SIZE = { default: 20, limit: 500 } as const

export const DEFAULT_APP = { id: 'cli_demo', secret: 'demo-secret' } as const

/** 创建块: at most 50 children in one call, 20 of them images; 批量更新块的内容: at most 200 blocks. */
export const MAX_BLOCK_CHILDREN = 50
export const MAX_IMAGE_BLOCKS = 20
export const MAX_BLOCK_UPDATES = 200

/** 获取文档所有块, 获取所有子块 · page_size. */
export const BLOCK_PAGE_SIZE = { default: 500, limit: 500 } as const

/** 创建浮动图片: at most 20 MB, and 4,000 different images in a spreadsheet. */
export const IMAGE_LIMIT_BYTES = 20 * MiB
export const MAX_SHEET_IMAGES = 4_000

/** 获取文件元数据 · request_docs. */
export const MAX_METAS = 200

/** 获取知识空间子节点列表 · page_size. */
export const WIKI_PAGE_SIZE = { default: 20, limit: 50 } as const

/** Token of every identity's root folder. The API also takes an empty folder token for it. */
export const ROOT_FOLDER_TOKEN = 'fldcnFeishuSimulatorRoot000'

/** 获取授权码: an authorization code is good for five minutes, once. */
export const CODE_LIFE_MS = 5 * 60 * 1000

/** 获取 user_access_token: the lives in its example; a consent ends after 365 days (20037). */
export const USER_TOKEN_LIFE_MS = 7_200 * 1000
export const REFRESH_TOKEN_LIFE_MS = 604_800 * 1000
export const CONSENT_LIFE_MS = 365 * 24 * 60 * 60 * 1000

/** Device flow, from the official command line client: about 240 s, asked every 5 s. */
export const DEVICE_CODE_LIFE_MS = 240 * 1000
export const DEVICE_INTERVAL_MS = 5 * 1000

/** 获取授权码 · scope: at most 50. */
export const SCOPES_LIMIT = 50

/** 获取文档所有块 · 1770021. */
export const MAX_REVISIONS_BEHIND = 1_000
