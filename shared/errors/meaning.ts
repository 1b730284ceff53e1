/** The meanings that decisions ask for, whatever number or name Feishu and Feidi give them. */
import type { ErrorCode } from './error-code.ts'

/** Codes by what they mean. A code may mean several things: the call that met it tells which. */
const CODES = {
  /** The calls of one app are too many at once, or too fast; perhaps the day is used up. */
  collision: [1061045],
  /** 服务端错误码说明: the month's calls of the organization are used up. */
  'month-used': [99991403],
  /** No call gets through, of any kind. */
  unreachable: ['dns-failed', 'connection-refused'],
  /** The folder or block to upload to is gone. */
  'point-gone': [1061003, 1061007, 1061041, 1061044, 1770013, 1770038],
  /** 删除文件或文件夹: it has been deleted. */
  deleted: [1061007],
  /** 获取文件元数据: there is no such file, or it is of another type. */
  'not-there': [970005],
  /** The upload transaction is over, be it because it has been finished. */
  'transaction-over': [1061021, 1061003, 1061007, 1062010, 1062011],
  /** The file to replace is gone, not ours to change, or being changed. */
  'cannot-replace': [1061002, 1061003, 1061004, 1061007, 1061022],
  /** The tenant does not know the field that asks for replacing. */
  'replacing-unknown': [1061002],
  /**
   * 增加协作者权限: too many members, company policy, not visible to each other, the owner, or a person
   * who has more already. It does not say which, and in the first three nothing was shared.
   */
  'maybe-not-shared': [1063003],
  /** 获取文档所有块: the revision is too far behind, or a position is no longer there. */
  'document-moved-on': [1770021, 1770001],
  /** No field has that name (any more). */
  'field-gone': [1254045],
  /** 批量获取记录 names records that are not there, and those that may not be seen. */
  'record-gone': [1254043],
  'record-forbidden': [1254302],
  /** The same write was sent before, which does not say that it was carried out. */
  'sent-before': [1254608],
  /** Another writer is writing to the table. */
  'write-conflict': [1254291],
  /** The app has the scope, the person has not granted it. */
  'scope-not-granted': [99991679],
  /** 服务端错误码说明: the app lacks the scope, or the person has not granted it. */
  'scope-missing': [99991672, 99991679],
  /** Only the app's owner can add the scope. */
  'app-lacks-scope': [99991672, 1061073],
  /** 分片上传文件: no file goes to a wiki, which is an internal error then, or a parameter that is none. */
  'wiki-unknown': [1061001, 1061002],
  /** 获取 user_access_token: the endpoint does not know the `grant_type`. */
  'grant-unknown': [20036],
  /** The file is not where it was. */
  'source-gone': ['source-missing'],
  /** The home may not be the one that uploads should continue with. */
  'home-doubtful': ['home-moved', 'home-restored'],
  /** It is up or not, and only a person can tell. */
  uncertain: ['outcome-unknown', 'document-uncertain'],
  /** 创建导入任务: the uploaded file is gone, or older than the five minutes it is good for. */
  'import-upload-gone': [1069913, 1069906, 1069907, 1069914],
  /** There is no room left: in the folder, or in the tenant. */
  'folder-full': [1062507],
  /** The tenant's edition takes no file of that size. */
  'too-large-there': [1061043],
  'storage-full': [1061101],
  /** 创建导入任务: no right to import into this folder. */
  'import-forbidden': [1069902],
  /** 创建导入任务: the folder is gone, or is not ours to see. */
  'import-folder-gone': [1069912, 1069908],
  /** This file can not become a document, however often it is tried. */
  'no-document': [
    'import-format',
    'import-too-large',
    'import-not-utf8',
    'import-encrypted',
    'import-too-complex',
    1069904,
    1069909,
    1069910,
    1069911,
  ],
  /** It is put right in the network settings. */
  'network-settings': [
    'tls-untrusted',
    'proxy-refused',
    'proxy-invalid',
    'proxy-unescaped',
    'ca-file-unreadable',
  ],
  /**
   * 刷新 user_access_token: invalid, expired, revoked, used; the person is gone or may not sign in; it
   * belongs to another app. The same refresh token gets the same answer, however often it is tried.
   */
  'sign-in-over': [20026, 20008, 20024, 20037, 20064, 20066, 20073],
} as const satisfies Record<string, readonly ErrorCode[]>

export type Meaning = keyof typeof CODES

const BY_MEANING: Readonly<Record<Meaning, readonly ErrorCode[]>> = CODES

/** Tells whether a failure means this. */
export function means({ code }: { readonly code: ErrorCode }, meaning: Meaning): boolean {
  return BY_MEANING[meaning].includes(code)
}

/** Returns the code that Feidi uses itself to say so. */
export function codeFor(meaning: Meaning): ErrorCode {
  return CODES[meaning][0]
}

/** All meanings that decisions know of, to check them against the catalogue. */
export const MEANINGS: ReadonlyMap<string, readonly ErrorCode[]> = new Map(Object.entries(CODES))
