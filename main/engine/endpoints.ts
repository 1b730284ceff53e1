import type { UploadFamily } from '#shared/model/transfer.ts'
import { DAILY_CALLS } from '#shared/transfer/quota-day.ts'

/** Address and limits of one API endpoint, per app. */
export interface Endpoint {
  /** Path below `/open-apis`; also the key of the quota ledger. */
  readonly path: string
  readonly callsPerSecond: number
  /** Undefined: no daily limit is documented. */
  readonly callsPerDay: number | undefined
  /** Counts against the number of upload calls in flight (1061045). */
  readonly usesLane: boolean
}

export type UploadCall = 'upload_all' | 'upload_prepare' | 'upload_part' | 'upload_finish'

/** Every upload page and 新建文件夹: 5 QPS, 10000 次/天, not concurrent. */
function mutating(path: string): Endpoint {
  return { path, callsPerSecond: 5, callsPerDay: DAILY_CALLS, usesLane: true }
}

const UPLOADS = new Map<string, Endpoint>()
for (const family of ['files', 'medias'] as const) {
  for (const call of ['upload_all', 'upload_prepare', 'upload_part', 'upload_finish'] as const) {
    const path = `drive/v1/${family}/${call}`
    UPLOADS.set(path, mutating(path))
  }
}

/** The endpoint of an upload call in one of the two families. */
export function uploadEndpoint(family: UploadFamily, call: UploadCall): Endpoint {
  const endpoint = UPLOADS.get(`drive/v1/${family}/${call}`)
  if (endpoint === undefined) throw new Error(`no endpoint ${family}/${call}`)
  return endpoint
}

export const CREATE_FOLDER = mutating('drive/v1/files/create_folder')

/** 获取文件夹中的文件清单: 20 QPS, no daily limit named. */
export const LIST_FOLDER: Endpoint = {
  path: 'drive/v1/files',
  callsPerSecond: 20,
  callsPerDay: undefined,
  usesLane: false,
}

/** 下载文件: 5 QPS, 10000 次/天. */
export const READ_FILE: Endpoint = {
  path: 'drive/v1/files/:file_token/download',
  callsPerSecond: 5,
  callsPerDay: DAILY_CALLS,
  usesLane: false,
}

/** Endpoints with a daily limit, for a report of the day. */
export const LIMITED_ENDPOINTS: readonly Endpoint[] = [...UPLOADS.values(), CREATE_FOLDER]
