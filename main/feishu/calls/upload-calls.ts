/** The four upload calls, for both families. */
import { type UploadCall, uploadEndpoint } from '#main/engine/endpoints.ts'
import type { FeishuApi } from '#main/engine/ports.ts'
import { means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { UploadPoint } from '#shared/model/transfer.ts'
import { titleAndExtension } from '#shared/transfer/as-document.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import { emptyAnswer, fileTokenAnswer, preparedAnswer } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'

/** The calls of `FeishuApi` that upload. */
export function uploadCalls(
  call: MakeCall,
): Pick<FeishuApi, 'uploadAll' | 'prepare' | 'sendPart' | 'finish'> {
  return {
    uploadAll: ({ point, fileName, bytes, checksum }, options) =>
      call(
        {
          ...post(point, 'upload_all'),
          form: {
            fields: {
              file_name: nameFor(point, fileName),
              parent_type: point.parentType,
              // Imports have no parent and must not name one; a Drive root is named with ''.
              parent_node: omitEmpty(point.family === 'medias', point.parentNode),
              size: String(bytes.byteLength),
              checksum: unsigned(checksum),
              extra: extraOf(point),
              file_token: point.replaces,
            },
            file: bytes,
          },
          schema: fileTokenAnswer,
        },
        options,
      ).catch(asWikiRefusal(point)),
    prepare: ({ point, fileName, sizeBytes }, options) =>
      call(
        {
          ...post(point, 'upload_prepare'),
          json: {
            file_name: nameFor(point, fileName),
            parent_type: point.parentType,
            parent_node: point.parentNode,
            size: sizeBytes,
            extra: extraOf(point),
            file_token: point.replaces,
          },
          schema: preparedAnswer(sizeBytes),
          otherwise: 'plan-invalid',
        },
        options,
      ).catch(asWikiRefusal(point)),
    sendPart: ({ point, uploadId, seq, bytes, checksum }, options) =>
      call(
        {
          ...post(point, 'upload_part'),
          seq,
          form: {
            fields: {
              upload_id: uploadId,
              seq: String(seq),
              size: String(bytes.byteLength),
              checksum: unsigned(checksum),
            },
            file: bytes,
          },
          schema: emptyAnswer,
        },
        options,
      ),
    finish: ({ point, uploadId, blockCount }, options) =>
      call(
        {
          ...post(point, 'upload_finish'),
          json: { upload_id: uploadId, block_num: blockCount },
          schema: fileTokenAnswer,
        },
        options,
      ),
  }
}

/**
 * The pages of the upload calls know no wiki: it is refused as an internal error (1061001), or as a parameter
 * that is none (1061002). The official client brings files there all the same.
 */
function asWikiRefusal({ parentType }: UploadPoint) {
  return (error: unknown): never => {
    const isRefusal = error instanceof TransferError && means(error, 'wiki-unknown')
    if (parentType !== 'wiki' || !isRefusal) throw error
    const detail = [String(error.code), error.context.detail].join(' ').trim()
    throw new TransferError('wiki-refused', { ...error.context, detail, cause: error })
  }
}

/** 创建导入任务: the extension of the name and the one given there have to be the same, letter by letter. */
function nameFor({ document }: UploadPoint, fileName: string): string {
  if (document === undefined) return remoteName(fileName)
  return remoteName(`${titleAndExtension(fileName).title}.${document.extension}`)
}

function post({ family }: UploadPoint, name: UploadCall) {
  return { method: 'POST', endpoint: uploadEndpoint(family, name).path, at: 'data' } as const
}

function omitEmpty(omit: boolean, value: string): string | undefined {
  return omit && value === '' ? undefined : value
}

/** 素材概述: the document a media belongs to, also where the upload point tells it already. */
function extraOf({ family, route, document }: UploadPoint): string | undefined {
  // 导入文件概述: what it is to become.
  if (document !== undefined) {
    return JSON.stringify({ obj_type: document.type, file_extension: document.extension })
  }
  if (family !== 'medias' || route === undefined) return undefined
  return JSON.stringify({ drive_route_token: route })
}

// Adler-32 exceeds 2^31, and a minus sign is refused as 1062008.
function unsigned(checksum: number): string {
  return String(checksum >>> 0)
}
