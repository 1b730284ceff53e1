/** 导入文件: 创建导入任务 and 查询导入任务结果. */
import { type Answer, success } from './answer.ts'
import type { Call } from './call.ts'
import type { ImportTask } from './imports.ts'
import { linkOf } from './links.ts'
import { Refusal } from './refusal.ts'
import type { Commit, Route, Server } from './server.ts'

const TASKS = '/drive/v1/import_tasks'

export function importRoutes(server: Server): Route[] {
  return [
    {
      method: 'POST',
      path: TASKS,
      endpoint: 'import/create_task',
      rate: 'minute',
      badBody: 1069904,
      handle: (call) => createTask(server, call),
    },
    {
      method: 'GET',
      path: `${TASKS}/:ticket`,
      endpoint: 'import/get_task',
      // 1,000 a minute and 50 a second: no client comes near.
      rate: 'list',
      readOnly: true,
      handle: async (call) => () => getTask(server, call),
    },
  ]
}

async function createTask(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(
    ['file_extension', 'file_token', 'type', 'point'],
    ['file_name', 'token'],
  )
  return async () => {
    const { file_extension: extension, file_token: fileToken, type, file_name: title } = body
    for (const value of [extension, fileToken, type, title ?? '']) {
      if (typeof value !== 'string') throw new Refusal(1069904)
    }
    const folderToken = folderOf(server, call, body.point)
    const { ticket } = await server.imports.create({
      extension: String(extension),
      fileToken: String(fileToken),
      type: String(type),
      title: title === undefined ? undefined : String(title),
      folderToken,
    })
    return success({ ticket })
  }
}

/** 创建导入任务 · point: mount_type 1, and a folder; an empty one is the root. */
function folderOf(server: Server, call: Call, point: unknown): string {
  const { mount_type: type, mount_key: key } = (point ?? {}) as Record<string, unknown>
  if (type !== 1 || typeof key !== 'string') throw new Refusal(1069904, 'point')
  if (key === '') return key
  if (server.drive.get(key)?.type !== 'folder') throw new Refusal(1069912)
  if (!server.access.allows(call.identity, key, 'edit')) throw new Refusal(1069902)
  return key
}

function getTask(server: Server, call: Call): Answer {
  const task = server.imports.find(call.params['ticket'] ?? '')
  if (task === undefined) throw new Refusal(1069904, 'ticket')
  task.looks += 1
  return success({ result: { ticket: task.ticket, type: task.type, ...standOf(server, task) } })
}

/** Running, then done and still without a token, as the official client saw it, then the result. */
function standOf(server: Server, { looks, status, message, document, cut }: ImportTask) {
  const { looks: running } = server.imports.rules
  const nothing = { job_error_msg: '', token: '', url: '', extra: [] }
  if (looks <= running) return { job_status: 2, ...nothing }
  if (looks === running + 1 && running > 0 && status === 0) return { job_status: 0, ...nothing }
  if (document === undefined) return { ...nothing, job_status: status, job_error_msg: message }
  const { type, token } = document
  return {
    ...{ job_status: 0, job_error_msg: 'success', token, url: linkOf(type, token) },
    extra: cut.map(String),
  }
}
