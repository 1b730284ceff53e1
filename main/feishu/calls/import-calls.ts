/** The calls that make documents of uploaded files. */
import { z } from 'zod'
import type { ImportApi } from '#main/destination/document-api.ts'
import { identifier, pageUrl } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'
import { A_HUNDRED_A_MINUTE, describing } from './describe.ts'

const TASKS = 'drive/v1/import_tasks'

/** 创建导入任务 · mount_type: into a folder, the only value there is. */
const INTO_FOLDER = 1

const jobAnswer = z
  .object({
    result: z.object({
      job_status: z.int(),
      job_error_msg: z.string().nullish(),
      token: z.union([identifier, z.literal('')]).nullish(),
      url: pageUrl,
      // Numbers, as text on the page.
      extra: z.array(z.union([z.string(), z.number()])).nullish(),
    }),
  })
  .transform(({ result: { job_status: status, job_error_msg, token, url, extra } }) => ({
    status,
    message: job_error_msg ?? '',
    ...(token && { token }),
    ...(url && { url }),
    cut: (extra ?? []).map(Number).filter(Number.isSafeInteger),
  }))

export function importCalls(call: MakeCall): ImportApi {
  const { repeatable, once } = describing(call)
  return {
    createImport: once(`POST ${TASKS}`, A_HUNDRED_A_MINUTE, (at) => ({
      json: {
        file_extension: at.extension,
        file_token: at.fileToken,
        type: at.type,
        file_name: at.title,
        point: { mount_type: INTO_FOLDER, mount_key: at.folderToken },
      },
      schema: z.object({ ticket: identifier }),
    })),
    // 查询导入任务结果: 1,000 a minute.
    importJob: repeatable(`GET ${TASKS}/:ticket`, 10, ({ ticket }) => ({
      params: { ticket },
      schema: jobAnswer,
    })),
  }
}
