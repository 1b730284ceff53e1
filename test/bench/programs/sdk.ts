/**
 * Uploads one file in parts with the official SDK, as its documentation shows and its users do:
 * prepare, one part after another, finish. Those samples catch no errors, so neither does this.
 */
import { open } from 'node:fs/promises'
import { Client, type Domain, LoggerLevel } from '@larksuiteoapi/node-sdk'
import { inputOf, sendResult } from '../kit/program.ts'

export interface SdkResult {
  readonly parts: number
  /** CPU time of all threads, ms. */
  readonly cpuMs: number
}

export interface SdkInput {
  readonly baseUrl: string
  readonly appId: string
  readonly appSecret: string
  readonly path: string
  readonly parentNode: string
}

const { baseUrl, appId, appSecret, path, parentNode } = inputOf<SdkInput>()

const client = new Client({
  appId,
  appSecret,
  domain: baseUrl as unknown as Domain,
  loggerLevel: LoggerLevel.fatal,
})
const cpuBefore = process.cpuUsage()
const source = await open(path, 'r')
const { size } = await source.stat()
const plan = await client.drive.v1.media.uploadPrepare({
  data: { file_name: 'bench.bin', parent_type: 'bitable_file', parent_node: parentNode, size },
})
const { upload_id = '', block_size = 0, block_num = 0 } = plan?.data ?? {}
for (let seq = 0; seq < block_num; seq++) {
  const start = seq * block_size
  const file = Buffer.alloc(Math.min(block_size, size - start))
  await source.read(file, 0, file.length, start)
  await client.drive.v1.media.uploadPart({ data: { upload_id, seq, size: file.length, file } })
}
await client.drive.v1.media.uploadFinish({ data: { upload_id, block_num } })
await source.close()
const { user, system } = process.cpuUsage(cpuBefore)
const result: SdkResult = { parts: block_num, cpuMs: (user + system) / 1_000 }
await sendResult(result)
