/** 获取文件元数据 answers well, and says beside it what it could not tell, and why. */
import { expect, it } from 'vitest'
import type { DocumentCalls } from '#main/destination/document-calls.ts'
import { PlaceLookUp } from '#main/destination/look-up-place.ts'
import { placeCalls } from '#main/feishu/calls/place-calls.ts'
import type { MakeCall } from '#main/feishu/http/call.ts'
import { aContext } from '#test/unit/engine/engine-kit.ts'

const FILE = { kind: 'file', fileToken: 'box1' } as const

/** Looks a file up, where Feishu answers so about it, and lets us edit it as far as it tells. */
function lookUp(metas: object) {
  const call: MakeCall = async ({ endpoint, schema }) =>
    schema.parse(endpoint.endsWith('/auth') ? { auth_result: true } : metas)
  const calls = placeCalls(call)
  const options = { signal: new AbortController().signal }
  const documents = {
    meta: (at: Parameters<typeof calls.meta>[0]) => calls.meta(at, options),
    mayEdit: (at: Parameters<typeof calls.mayEdit>[0]) => calls.mayEdit(at, options),
  } as unknown as DocumentCalls
  const folders = { listFolder: async () => [] }
  const places = new PlaceLookUp({ documents, folders, clock: { nowMs: () => 0 }, space: 'mine' })
  return places.lookUp(FILE, aContext())
}

const failed = (code: number) => ({ metas: [], failed_list: [{ token: 'box1', code }] })

it('tells the name of a file, and its page if that is one', async () => {
  const url = 'javascript:alert(1)'
  const { names } = await lookUp({ metas: [{ title: 'a.txt', url }], failed_list: [] })
  expect(names).toEqual({ title: 'a.txt' })
})

it.each([970002, 970003])('%i: only the name stays unknown', async (code) => {
  expect(await lookUp(failed(code))).toEqual({ destination: FILE, names: { unnamed: code } })
})

it('970005: there is no such file', async () => {
  await expect(lookUp(failed(970005))).rejects.toMatchObject({ code: 970005 })
})
