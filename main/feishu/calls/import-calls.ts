/** The calls that make documents of uploaded files, and move them below pages of a wiki. */
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

const movedAnswer = z
  .object({ wiki_token: z.string().nullish(), task_id: z.string().nullish() })
  .transform(({ wiki_token: pageToken, task_id: taskId }) => ({
    ...(pageToken && { pageToken }),
    ...(taskId && { taskId }),
  }))

/** 获取任务结果 · status: 0 done, 1 under way, -1 failed, as the official client reads it. */
const MOVE_STATES: Readonly<Record<number, 'done' | 'under-way'>> = { 0: 'done', 1: 'under-way' }

const moveRow = z.object({
  status: z.int(),
  status_msg: z.string().nullish(),
  node: z.object({ node_token: z.string().nullish() }).nullish(),
})

const moveAnswer = z
  .object({ task: z.object({ move_result: z.array(moveRow).nullish() }) })
  .transform(({ task: { move_result: rows } }) => {
    const [row] = rows ?? []
    if (row === undefined) return { state: 'under-way' as const, message: '' }
    const pageToken = row.node?.node_token
    return {
      state: MOVE_STATES[row.status] ?? ('failed' as const),
      message: row.status_msg ?? '',
      ...(pageToken && { pageToken }),
    }
  })

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
    moveToWiki: repeatable(
      'POST wiki/v2/spaces/:space_id/nodes/move_docs_to_wiki',
      A_HUNDRED_A_MINUTE,
      (at) => ({
        params: { space_id: at.spaceId },
        json: { parent_wiki_token: at.nodeToken, obj_type: at.type, obj_token: at.token },
        schema: movedAnswer,
      }),
    ),
    moveToWikiStatus: repeatable(
      'GET wiki/v2/tasks/:task_id',
      A_HUNDRED_A_MINUTE,
      ({ taskId }) => ({
        params: { task_id: taskId },
        query: { task_type: 'move' },
        schema: moveAnswer,
      }),
    ),
  }
}
