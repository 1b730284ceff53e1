/**
 * The official SDK, a client written by others: if it works, the simulator speaks the real
 * protocol.
 */
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import * as lark from '@larksuiteoapi/node-sdk'
import ADLER32 from 'adler-32'
import { describe, expect, it, onTestFinished } from 'vitest'
import { MiB } from '../limits.ts'
import { patternBytes } from './raw-client.ts'
import { setUpSdk } from './sdk-fixture.ts'

async function tempFile(bytes: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sdk-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'source.bin')
  await writeFile(path, bytes)
  return path
}

describe('the official SDK', () => {
  it('uploads a media in three parts and the bytes are the same', async () => {
    const { simulator, sdk } = await setUpSdk()
    const bytes = patternBytes(9 * MiB + 17)
    const prepared = await sdk.drive.media.uploadPrepare({
      data: {
        file_name: '视频.mp4',
        parent_type: 'bitable_file',
        parent_node: 'bascnDemo',
        size: bytes.length,
        extra: JSON.stringify({ drive_route_token: 'bascnDemo' }),
      },
    })
    const { upload_id = '', block_size = 0, block_num = 0 } = prepared.data ?? {}
    expect({ block_size, block_num }).toEqual({ block_size: 4 * MiB, block_num: 3 })
    for (let seq = 0; seq < block_num; seq++) {
      const file = bytes.subarray(seq * block_size, (seq + 1) * block_size)
      const checksum = String(ADLER32.buf(file) >>> 0)
      const data = { upload_id, seq, size: file.length, checksum, file }
      await sdk.drive.media.uploadPart({ data })
    }
    const finished = await sdk.drive.media.uploadFinish({ data: { upload_id, block_num } })
    const token = finished.data?.file_token ?? ''
    expect(simulator.files()).toMatchObject([{ token, name: '视频.mp4', family: 'medias' }])
    expect((await simulator.bytesOf(token)).equals(bytes)).toBe(true)
    expect(simulator.callsTo('medias/upload_part').map((call) => call.seq)).toEqual([0, 1, 2])
  })

  it('uploads a small media in one call', async () => {
    const { simulator, sdk } = await setUpSdk()
    const bytes = patternBytes(5_000)
    const point = { parent_type: 'docx_file', parent_node: 'blkDemo' } as const
    const answer = await sdk.drive.media.uploadAll({
      data: { file_name: 'a.txt', ...point, size: bytes.length, file: bytes },
    })
    expect(await simulator.bytesOf(answer?.file_token ?? '')).toEqual(bytes)
  })

  it('uploads a Drive file in one call, from a stream', async () => {
    const { simulator, sdk } = await setUpSdk()
    const bytes = patternBytes(MiB)
    const file = createReadStream(await tempFile(bytes))
    const folder = simulator.createFolder('', 'inbox')
    const answer = await sdk.drive.file.uploadAll({
      data: {
        file_name: '报告.pdf',
        parent_type: 'explorer',
        parent_node: folder,
        size: bytes.length,
        file,
      },
    })
    expect((await simulator.bytesOf(answer?.file_token ?? '')).equals(bytes)).toBe(true)
    expect(Object.keys(simulator.tree())).toEqual(['inbox/', 'inbox/报告.pdf'])
  })

  it('uploads a Drive file in parts, from streams', async () => {
    const { simulator, sdk } = await setUpSdk({ blockSizeBytes: MiB })
    const bytes = patternBytes(2 * MiB + 5)
    const path = await tempFile(bytes)
    const prepared = await sdk.drive.file.uploadPrepare({
      data: { file_name: 'b', parent_type: 'explorer', parent_node: '', size: bytes.length },
    })
    const { upload_id = '', block_size = 0, block_num = 0 } = prepared.data ?? {}
    for (let seq = 0; seq < block_num; seq++) {
      const start = seq * block_size
      const end = Math.min(start + block_size, bytes.length)
      const file = createReadStream(path, { start, end: end - 1 })
      await sdk.drive.file.uploadPart({ data: { upload_id, seq, size: end - start, file } })
    }
    const finished = await sdk.drive.file.uploadFinish({ data: { upload_id, block_num } })
    const token = finished.data?.file_token ?? ''
    expect((await simulator.bytesOf(token)).equals(bytes)).toBe(true)
  })

  it('is refused when it streams without a length', async () => {
    const { sdk } = await setUpSdk()
    const file = Readable.from([patternBytes(10)]) as never
    const point = { parent_type: 'explorer', parent_node: '' } as const
    const upload = sdk.drive.file.uploadAll({ data: { file_name: 'a', ...point, size: 10, file } })
    await expect(upload).rejects.toMatchObject({ response: { data: { code: 1061002 } } })
  })

  it('makes folders and lists them page by page', async () => {
    const { simulator, sdk } = await setUpSdk({ clock: { frozen: true } })
    const parent = simulator.createFolder('', 'parent')
    for (const name of ['a', 'b', 'c']) {
      simulator.clock.advance(1_000)
      await sdk.drive.file.createFolder({ data: { name, folder_token: parent } })
    }
    const names: (string | undefined)[] = []
    const pages = await sdk.drive.file.listWithIterator({
      params: { folder_token: parent, page_size: 2 },
    })
    for await (const page of pages) names.push(...(page?.files ?? []).map((row) => row.name))
    expect(names).toEqual(['c', 'b', 'a'])
    const root = await sdk.drive.file.list({ params: {} })
    expect(root.data?.files).toMatchObject([{ token: parent, type: 'folder' }])
  })

  it('acts as a person who has signed in', async () => {
    const { simulator, sdk } = await setUpSdk()
    const { person } = simulator.signIns
    const token = simulator.issueUserToken({ user: person.openId, person })
    const asPerson = lark.withUserAccessToken(token)
    const info = await sdk.authen.userInfo.get({}, asPerson)
    expect(info.data).toMatchObject({ open_id: person.openId, name: person.name })
    const bytes = patternBytes(1_000)
    const place = { parent_type: 'explorer', parent_node: '', size: bytes.length } as const
    await sdk.drive.file.uploadAll({ data: { file_name: 'a', ...place, file: bytes } }, asPerson)
    expect(simulator.callsTo('files/upload_all')).toMatchObject([{ identity: 'user:ou_demo' }])
    const plan = await sdk.drive.file.uploadPrepare(
      { data: { file_name: 'b', ...place } },
      asPerson,
    )
    const data = { upload_id: plan.data?.upload_id ?? '', block_num: 1 }
    await expect(sdk.drive.file.uploadFinish({ data })).rejects.toMatchObject({
      response: { data: { code: 1062007 } },
    })
  })

  it('sees refusals: HTTP errors are thrown, codes under HTTP 200 are swallowed by uploadAll', async () => {
    const { simulator, sdk } = await setUpSdk()
    const file = patternBytes(10)
    const point = { parent_type: 'explorer', parent_node: '' } as const
    const upload = (size: number) =>
      sdk.drive.file.uploadAll({ data: { file_name: 'a', ...point, size, file } })
    await expect(upload(9)).rejects.toMatchObject({ response: { data: { code: 1062009 } } })
    const busy = { kind: 'answer', status: 200, code: 1061045 } as const
    simulator.faults.add({ endpoint: 'files/upload_all', do: busy })
    expect((await upload(10))?.file_token).toBeUndefined()
    expect((await upload(10))?.file_token).toBe(simulator.files()[0]?.token)
  })
})
