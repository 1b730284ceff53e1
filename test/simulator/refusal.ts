/** Error codes the simulator itself answers with: HTTP status as on the upload pages, and the message there. */
const REFUSALS = {
  1061001: [200, 'internal error.'],
  1061002: [400, 'params error.'],
  1061003: [404, 'not found.'],
  1061004: [403, 'forbidden.'],
  1061007: [404, 'file has been delete.'],
  1061008: [400, 'invalid file name.'],
  1061021: [400, 'upload id expire.'],
  1061041: [400, 'parent node has been deleted.'],
  1061043: [400, 'file size beyond limit.'],
  1061044: [400, 'parent node not exist.'],
  1061045: [200, 'can retry.'],
  1062007: [400, 'upload user not match.'],
  1062008: [400, 'checksum param Invalid.'],
  1062009: [400, 'the actual size is inconsistent with the parameter declaration size.'],
  1062010: [400, 'block missing, please upload all blocks.'],
  1062011: [400, 'block num out of bounds.'],
  1062501: [403, 'no permission.'],
  1062535: [403, 'target parent node has no permission.'],
  1062505: [400, 'parent node out of size.'],
  1062506: [400, 'parent node out of depth.'],
  1062507: [400, 'parent node out of sibling num.'],
  1064001: [400, 'page size is invalid.'],
  // 服务端错误码说明: the gateway's own codes. Clients report HTTP 400 for bad tokens.
  10003: [200, 'invalid param'],
  10014: [200, 'app secret invalid'],
  // 获取用户信息: always HTTP 200.
  20005: [200, 'The user access token is invalid.'],
  20008: [200, 'User not exist.'],
  20021: [200, 'User resigned.'],
  20022: [200, 'User frozen.'],
  20023: [200, 'User not registered.'],
  99991400: [429, 'request trigger frequency limit'],
  99991661: [400, 'Missing access token for authorization.'],
  99991663: [400, 'Invalid access token for authorization.'],
  99991668: [401, 'Invalid user access token for authorization.'],
  99991671: [400, 'Invalid access token format.'],
  99991672: [400, 'Access denied. The app lacks a scope:'],
  99991677: [401, 'Authentication token expired.'],
  99991679: [400, 'Unauthorized. The user has not granted a scope:'],
  // 获取知识空间节点信息.
  131002: [400, 'param err'],
  131005: [400, 'node not found'],
  131006: [400, 'permission denied: node permission denied'],
  131007: [400, 'internal err'],
  // node_by_token, as the official client knows it.
  131012: [200, 'node deleted'],
  131014: [200, 'document is not in wiki'],
  131016: [200, 'token too short'],
  // 新增记录, 更新记录. 91403 is on every page of 多维表格: no right on the document.
  91403: [403, 'Forbidden'],
  1254001: [200, 'WrongRequestBody'],
  1254015: [400, 'Field types do not match.'],
  1254037: [400, 'Invalid client token, make sure that it complies with the specification.'],
  1254040: [200, 'BaseTokenNotFound'],
  1254041: [200, 'TableIdNotFound'],
  1254043: [200, 'RecordIdNotFound'],
  1254045: [200, 'FieldNameNotFound'],
  1254060: [200, 'TextFieldConvFail'],
  1254061: [200, 'NumberFieldConvFail'],
  1254062: [200, 'SingleSelectFieldConvFail'],
  1254063: [200, 'MultiSelectFieldConvFail'],
  1254064: [200, 'DatetimeFieldConvFail'],
  1254065: [200, 'CheckboxFieldConvFail'],
  1254068: [200, 'URLFieldConvFail'],
  1254069: [200, 'AttachFieldConvFail'],
  1254103: [200, 'RecordExceedLimit'],
  1254104: [200, 'RecordAddOnceExceedLimit'],
  1254106: [200, 'AttachExceedLimit'],
  1254290: [200, 'TooManyRequest'],
  1254291: [200, 'Write conflict'],
  1254302: [403, 'Permission denied.'],
  1254303: [200, 'The attachment does not belong to this bitable.'],
  1254608: [403, 'Same API requests are submitted repeatedly.'],
  1255006: [400, 'Client token conflict, please generate a new client token and try again.'],
  // 创建块, 更新块, 删除块.
  1770001: [400, 'invalid param'],
  1770002: [404, 'not found'],
  1770003: [400, 'resource deleted'],
  1770013: [400, 'relation mismatch'],
  1770021: [400, 'too old document'],
  1770032: [403, 'forbidden'],
  1770035: [400, 'resource count exceed limit'],
  // 创建浮动图片, 获取工作表.
  1310202: [400, 'Wrong Range'],
  1310211: [400, 'Wrong Sheet Id'],
  1310213: [400, 'Permission Fail'],
  1310214: [400, 'SpreadSheet Not Found'],
  1310215: [400, 'Sheet Id Not Found'],
  1310226: [400, 'Excess Limit'],
  1310229: [400, 'Wrong URL Param'],
  1310243: [400, 'Wrong Float Image Id'],
  1310244: [400, 'Exist Float Image Id'],
  1310245: [400, 'Wrong Float Image Token'],
  1310246: [400, 'Wrong Float Image Value'],
  1310247: [400, 'Image Excess'],
  1310249: [400, 'Spreadsheet Deleted'],
  // 创建导入任务, 查询导入任务结果.
  1069902: [403, 'no permission'],
  1069904: [400, 'invalid param'],
  1069907: [404, 'file token not found'],
  1069909: [400, 'file size over limit'],
  1069910: [400, 'file extension not match'],
  1069911: [400, 'import type not match'],
  1069912: [400, 'mount folder not found'],
  1069913: [400, 'import file expired'],
  1069914: [400, 'invalid file token'],
  // 增加协作者权限.
  1063001: [400, 'Invalid parameter'],
  1063002: [403, 'Permission denied'],
  1063003: [400, 'Invalid operation'],
  1063005: [404, 'Resource is deleted'],
} as const satisfies Record<number, readonly [status: number, msg: string]>

export type RefusalCode = keyof typeof REFUSALS

/** Every code that the simulator may answer by itself. */
export const REFUSAL_CODES = Object.keys(REFUSALS).map(Number)

/** A call that is turned down; the pipeline writes it as `{code, msg}`. */
export class Refusal extends Error {
  readonly code: number
  readonly status: number
  readonly headers: Record<string, string>
  /** Beside `log_id` in the body's `error`. */
  readonly error: Record<string, unknown>

  constructor(code: RefusalCode, detail?: string, more: RefusalMore = {}) {
    const [status, msg] = REFUSALS[code]
    super(detail === undefined ? msg : `${msg} ${detail}`)
    this.code = code
    this.status = more.status ?? status
    this.headers = more.headers ?? {}
    this.error = more.error ?? {}
  }
}

interface RefusalMore {
  /** The HTTP status, when a page gives the code another one. */
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly error?: Record<string, unknown>
}

/** A refusal in the words of RFC 6749, as the token endpoint speaks; Feishu adds a code to most of them. */
export class OAuthRefusal extends Error {
  readonly status = 400
  readonly body: Readonly<Record<string, unknown>>
  readonly code: number | undefined

  constructor(
    error: string,
    code?: number,
    { detail, ...more }: { detail?: string; challenge_url?: string } = {},
  ) {
    super(detail ?? error)
    this.code = code
    this.body = {
      ...(code !== undefined && { code }),
      error,
      error_description: detail ?? error.replaceAll('_', ' '),
      ...more,
    }
  }
}
