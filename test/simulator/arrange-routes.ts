/** 移动文件或文件夹, 删除文件或文件夹, 查询异步任务状态, and the renaming that the official client uses. */
import { type Answer, success } from './answer.ts'
import type { Call } from './call.ts'
import type { DriveNode } from './drive.ts'
import { Refusal } from './refusal.ts'
import type { Commit, Route, Server } from './server.ts'
import { text } from './upload-params.ts'

const FILE = '/drive/v1/files/:file_token'

/** A task is asked about so often before it is done. */
const LOOKS_UNTIL_DONE = 2

interface Task {
  looksLeft: number
  readonly work: () => void
}

export function arrangeRoutes(server: Server): Route[] {
  const tasks = new Map<string, Task>()
  /** Only a folder takes its time. */
  const begin = (node: DriveNode, work: () => void): Answer => {
    if (node.type !== 'folder') {
      work()
      return success({})
    }
    const id = server.mint.next('task')
    tasks.set(id, { looksLeft: LOOKS_UNTIL_DONE, work })
    return success({ task_id: id })
  }
  return [
    {
      method: 'POST',
      path: `${FILE}/move`,
      endpoint: 'files/move',
      rate: 'write',
      handle: (call) => move(server, call, begin),
    },
    {
      method: 'PATCH',
      path: FILE,
      endpoint: 'files/rename',
      rate: 'write',
      handle: (call) => rename(server, call),
    },
    {
      method: 'DELETE',
      path: FILE,
      endpoint: 'files/delete',
      rate: 'write',
      handle: async (call) => () => {
        const node = required(server, call, call.query.get('type'))
        const by = call.identity.id
        return begin(node, () => server.drive.trash(node.token, by))
      },
    },
    {
      method: 'GET',
      path: '/drive/v1/files/task_check',
      endpoint: 'files/task_check',
      rate: 'list',
      readOnly: true,
      handle: async (call) => () => check(tasks.get(call.query.get('task_id') ?? '')),
    },
  ]
}

async function move(
  server: Server,
  call: Call,
  begin: (node: DriveNode, work: () => void) => Answer,
): Promise<Commit> {
  const body = await call.readJson(['type', 'folder_token'])
  return () => {
    const node = required(server, call, body.type)
    const folder = server.drive.requireParent(text(body.folder_token, 'folder_token'))
    // No page says what is answered about a folder that goes into itself.
    if (server.drive.isBelow(folder.token, node.token)) throw new Refusal(1061002, 'folder_token')
    if (!server.access.allows(call.identity, folder.token, 'edit')) throw new Refusal(1062535)
    if (folder.token !== node.parentToken) server.drive.requireRoom(folder)
    return begin(node, () => server.drive.move(node.token, folder.token))
  }
}

/** The answer to an empty title is not tried: Feidi sends none. */
async function rename(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['new_title'])
  return () => {
    const node = required(server, call, call.query.get('type'))
    server.drive.rename(node.token, text(body.new_title, 'new_title'))
    return success({})
  }
}

/** The thing of a call, with the right to change it. */
function required(server: Server, call: Call, type: unknown): DriveNode {
  const token = call.params['file_token'] ?? ''
  call.record.fileToken = token
  if (server.drive.isRemoved(token)) throw new Refusal(1061007)
  const node = server.drive.get(token)
  if (node === undefined || node.type !== type) throw new Refusal(1061003)
  if (!server.access.allows(call.identity, token, 'manage')) throw new Refusal(1062501)
  return node
}

function check(task: Task | undefined): Answer {
  if (task === undefined) throw new Refusal(1061003)
  if (task.looksLeft > 0 && --task.looksLeft === 0) task.work()
  return success({ status: task.looksLeft === 0 ? 'success' : 'process' })
}
