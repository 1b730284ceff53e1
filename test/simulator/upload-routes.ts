/** 上传素材 and 上传文件: upload_all, upload_prepare, upload_part, upload_finish of both families. */
import { createHash } from 'node:crypto'
import { success } from './answer.ts'
import type { Call } from './call.ts'
import type { StoredFile, UploadFamily } from './library.ts'
import { UPLOAD_ALL_LIMIT_BYTES } from './limits.ts'
import { linkOf } from './links.ts'
import { Refusal } from './refusal.ts'
import type { Commit, Route, Server } from './server.ts'
import type { Transaction } from './transactions.ts'
import { checkChecksum, checkPlace, digits, text, wholeNumber } from './upload-params.ts'

/** The eight upload routes. */
export function uploadRoutes(server: Server): Route[] {
  return (['medias', 'files'] as const).flatMap((family) => [
    uploadRoute(family, 'upload_all', (call) => uploadAll(server, family, call)),
    uploadRoute(family, 'upload_prepare', (call) => prepare(server, family, call)),
    uploadRoute(family, 'upload_part', (call) => part(server, family, call)),
    uploadRoute(family, 'upload_finish', (call) => finish(server, family, call)),
  ])
}

/** The field that one family's calls take and the other's do not. */
const OPTION = { medias: 'extra', files: 'file_token' } as const

function uploadRoute(family: UploadFamily, name: string, handle: Route['handle']): Route {
  return {
    method: 'POST',
    path: `/drive/v1/${family}/${name}`,
    endpoint: `${family}/${name}`,
    rate: 'write',
    contentionStatus: 200,
    handle,
  }
}

/** 上传素材 / 上传文件 · upload_all: one call with everything, size ≤ 20 MiB. */
async function uploadAll(server: Server, family: UploadFamily, call: Call): Promise<Commit> {
  const { fields, file } = await call.readForm({
    required: ['file_name', 'parent_type', 'size'],
    optional: ['parent_node', 'checksum', OPTION[family]],
    openFile: () =>
      server.blobs.writer({ limitBytes: UPLOAD_ALL_LIMIT_BYTES, after: createHash('sha256') }),
  })
  const commit: Commit = async () => {
    const parentType = fields.get('parent_type') ?? ''
    const parentNode = fields.get('parent_node')
    if (parentNode === undefined && parentType !== 'ccm_import_open') {
      throw new Refusal(1061002, 'parent_node is missing')
    }
    const fileName = fields.get('file_name') ?? ''
    const placed = {
      fileName,
      parentType,
      parentNode: parentNode ?? '',
      identity: call.identity,
      extra: fields.get('extra'),
      replaces: fields.get('file_token'),
    }
    const place = checkPlace(server, family, placed)
    const sizeBytes = digits(fields.get('size'), 'size')
    // 上传文件: empty files are forbidden; taken to hold for media as well.
    if (sizeBytes === 0) throw new Refusal(1061002, 'the file is empty')
    if (sizeBytes > UPLOAD_ALL_LIMIT_BYTES) throw new Refusal(1061043)
    if (file.sizeBytes !== sizeBytes) throw new Refusal(1062009)
    checkChecksum(fields.get('checksum'), file.adler32)
    const stored = server.library.store(place, await server.blobs.join([file]))
    call.record.fileToken = stored.token
    return success(landed(stored))
  }
  return orDrop(server, file, commit)
}

/** 分片上传 · 预上传: JSON; answers with the plan. */
async function prepare(server: Server, family: UploadFamily, call: Call): Promise<Commit> {
  const body = await call.readJson(
    ['file_name', 'parent_type', 'parent_node', 'size'],
    [OPTION[family]],
  )
  return () => {
    const fields = {
      fileName: text(body.file_name, 'file_name'),
      parentType: text(body.parent_type, 'parent_type'),
      parentNode: text(body.parent_node, 'parent_node'),
      identity: call.identity,
      extra: body.extra,
      replaces: body.file_token,
    }
    const place = checkPlace(server, family, fields)
    const sizeBytes = wholeNumber(body.size, 'size')
    // The page's minimum is 0, but official clients treat the empty plan that follows as an error.
    if (sizeBytes === 0) throw new Refusal(1061002, 'the file is empty')
    if (sizeBytes > server.settings.maxFileBytes) throw new Refusal(1061043)
    const { blockSizeBytes } = server.settings
    const transaction = server.transactions.prepare(place, sizeBytes, blockSizeBytes)
    call.record.uploadId = transaction.uploadId
    return success({
      upload_id: transaction.uploadId,
      block_size: transaction.blockSizeBytes,
      block_num: transaction.blockCount,
    })
  }
}

/** 分片上传 · 上传分片: one block of the plan. */
async function part(server: Server, family: UploadFamily, call: Call): Promise<Commit> {
  const { fields, file } = await call.readForm({
    required: ['upload_id', 'seq', 'size'],
    optional: ['checksum'],
    openFile: (known) => {
      const transaction = server.transactions.find(known.get('upload_id'))
      const limitBytes = transaction?.blockSizeBytes ?? server.settings.blockSizeBytes
      return server.blobs.writer({
        limitBytes,
        after: transaction?.hashBefore(Number(known.get('seq'))),
      })
    },
  })
  const commit: Commit = async () => {
    const uploadId = fields.get('upload_id') ?? ''
    const transaction = server.transactions.require(uploadId, family, call.identity.id)
    // No page says that a finished transaction takes parts; its id is spent.
    if (transaction.finished !== undefined) throw new Refusal(1061021)
    const seq = digits(fields.get('seq'), 'seq')
    const sizeBytes = digits(fields.get('size'), 'size')
    if (seq >= transaction.blockCount) throw new Refusal(1062011)
    if (sizeBytes !== file.sizeBytes) throw new Refusal(1062009)
    if (sizeBytes !== transaction.plannedBytes(seq)) throw new Refusal(1062009)
    checkChecksum(fields.get('checksum'), file.adler32)
    const replaced = transaction.store(seq, file)
    if (replaced !== undefined) await server.blobs.drop(replaced)
    return success({})
  }
  return orDrop(server, file, commit)
}

/** 分片上传 · 完成上传: all parts become a file. */
async function finish(server: Server, family: UploadFamily, call: Call): Promise<Commit> {
  const body = await call.readJson(['upload_id', 'block_num'])
  return async () => {
    const uploadId = text(body.upload_id, 'upload_id')
    const blockCount = wholeNumber(body.block_num, 'block_num')
    const transaction = server.transactions.require(uploadId, family, call.identity.id)
    await transaction.finishing
    if (transaction.finished !== undefined) return finishAgain(server, call, transaction)
    // 1062011 is named "block num out of bounds", which a number other than the plan's is.
    if (blockCount !== transaction.blockCount) throw new Refusal(1062011)
    if (transaction.parts.size !== transaction.blockCount) throw new Refusal(1062010)
    const completed = complete(server, call, transaction)
    transaction.finishing = completed.catch(() => undefined)
    return completed
  }
}

/** Undocumented, so every plausible answer can be chosen. */
function finishAgain(server: Server, call: Call, transaction: Transaction) {
  switch (server.settings.secondFinish) {
    case 'same-token':
      return success(landed(transaction.finished))
    case 'expired':
      throw new Refusal(1061021)
    case 'not-found':
      throw new Refusal(1061003)
    case 'second-file':
      return complete(server, call, transaction)
  }
}

async function complete(server: Server, call: Call, transaction: Transaction) {
  const content = await server.blobs.join(transaction.joinedParts())
  const stored = server.library.store(transaction.place, content)
  transaction.finished = stored
  call.record.fileToken = stored.token
  return success(landed(stored))
}

/** The files family tells version and link as well (the official SDK's types of both answers). */
function landed(stored: StoredFile | undefined) {
  const { token = '', family, version } = stored ?? {}
  if (family !== 'files') return { file_token: token }
  // A version is told of a file that was replaced.
  const told = version !== undefined && version > 1 ? { version: String(version) } : {}
  return { file_token: token, url: linkOf('file', token), ...told }
}

/** The work of a call with a binary; the binary is thrown away when the work is refused. */
function orDrop(
  server: Server,
  file: Parameters<Server['blobs']['drop']>[0],
  work: Commit,
): Commit {
  return async () => {
    try {
      return await work()
    } catch (error) {
      await server.blobs.drop(file)
      throw error
    }
  }
}
