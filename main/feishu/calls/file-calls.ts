/** The calls that move, rename and delete what is in Drive. */
import { z } from 'zod'
import type { FileApi } from '#main/destination/document-api.ts'
import { DAILY_CALLS } from '#shared/transfer/quota-day.ts'
import { emptyAnswer, identifier } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'
import { describing } from './describe.ts'

/** A folder, and perhaps a file, is dealt with after the answer. */
const taskAnswer = z
  .object({ task_id: identifier.nullish() })
  .nullish()
  .transform((data) => (data?.task_id ? { taskId: data.task_id } : {}))

/** The answers of 查询异步任务状态; one more of them was seen in the official client. */
const STATUSES: Readonly<Record<string, 'done' | 'failed'>> = {
  success: 'done',
  fail: 'failed',
  failed: 'failed',
}

const statusAnswer = z
  .object({ status: z.string() })
  .transform(({ status }) => STATUSES[status] ?? ('under-way' as const))

/** 移动文件或文件夹: 20 calls a minute by its header. 删除文件或文件夹: 5 a second, not at the same time. */
const MOVES_PER_SECOND = 1
const DELETIONS_PER_SECOND = 5
/** No page has the renaming of files. */
const RENAMES_PER_SECOND = 2
const LOOKS_PER_SECOND = 2

export function fileCalls(call: MakeCall): FileApi {
  const { once, repeatable } = describing(call)
  return {
    moveThing: daily(
      once('POST drive/v1/files/:file_token/move', MOVES_PER_SECOND, (at) => ({
        params: { file_token: at.token },
        json: { type: at.type, folder_token: at.folderToken },
        schema: taskAnswer,
      })),
    ),
    renameThing: once('PATCH drive/v1/files/:file_token', RENAMES_PER_SECOND, (at) => ({
      params: { file_token: at.token },
      query: { type: at.type },
      json: { new_title: at.name },
      schema: emptyAnswer,
    })),
    trashFile: daily(
      once('DELETE drive/v1/files/:file_token', DELETIONS_PER_SECOND, ({ token }) => ({
        params: { file_token: token },
        query: { type: 'file' },
        schema: taskAnswer,
      })),
    ),
    taskStatus: repeatable('GET drive/v1/files/task_check', LOOKS_PER_SECOND, ({ taskId }) => ({
      query: { task_id: taskId },
      schema: statusAnswer,
    })),
  }
}

/** The same call, within the daily number that its page names. */
function daily<T extends { readonly endpoint: { readonly callsPerDay: number | undefined } }>(
  method: T,
): T {
  return Object.assign(method, { endpoint: { ...method.endpoint, callsPerDay: DAILY_CALLS } })
}
