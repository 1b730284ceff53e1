import { describe, expect, it } from 'vitest'
import { setUp } from './fixture.ts'

const MINUTE_MS = 60_000

/** A folder, and a client that imports into it. */
async function setUpImport() {
  const { simulator, client } = await setUp({ clock: { frozen: true } })
  const folder = simulator.createFolder('', '资料')
  const upload = async (fileName: string, type = 'docx', bytes = Buffer.from('# 一')) => {
    const extension = fileName.split('.').at(-1)
    const extra = JSON.stringify({ obj_type: type, file_extension: extension })
    const place = { parent_type: 'ccm_import_open', parent_node: undefined, extra }
    const answer = await client.uploadAll(bytes, { ...place, file_name: fileName }, 'medias')
    return String(answer.data['file_token'])
  }
  const create = (fileToken: string, change: object = {}) =>
    client.json('/drive/v1/import_tasks', {
      file_extension: 'md',
      file_token: fileToken,
      type: 'docx',
      file_name: '周报',
      point: { mount_type: 1, mount_key: folder },
      ...change,
    })
  const look = async (ticket: unknown) =>
    (await client.get(`/drive/v1/import_tasks/${ticket}`)).data['result']
  return { simulator, client, folder, upload, create, look }
}

describe('an import task', () => {
  it('makes a document, and says so after a while', async () => {
    const { simulator, folder, upload, create, look } = await setUpImport()
    simulator.importRules.cut = [1000]
    const token = await upload('a.md')
    const { ticket } = (await create(token)).data
    expect(await look(ticket)).toMatchObject({ job_status: 2, token: '' })
    // Seen in the official client: done, and no document yet.
    expect(await look(ticket)).toMatchObject({ job_status: 0, token: '' })
    const [document] = simulator.childrenOf(folder)
    expect(document).toMatchObject({ name: '周报', type: 'docx' })
    expect(await look(ticket)).toMatchObject({
      ...{ job_status: 0, token: document?.token, extra: ['1000'] },
      url: `https://demo.feishu.cn/docx/${document?.token}`,
    })
    expect(simulator.imported.map(({ bytes }) => String(bytes))).toEqual(['# 一'])
    // The source has gone with it.
    expect((await create(token)).code).toBe(1069907)
  })

  it('takes an uploaded file for five minutes', async () => {
    const { simulator, upload, create } = await setUpImport()
    const [early, late] = [await upload('a.md'), await upload('b.md')]
    simulator.clock.advance(5 * MINUTE_MS)
    expect((await create(early)).code).toBe(0)
    simulator.clock.advance(1)
    expect((await create(late)).code).toBe(1069913)
  })

  it.each([
    [{ file_extension: 'markdown' }, 1069910],
    [{ type: 'sheet' }, 1069911],
    [{ point: { mount_type: 1, mount_key: 'fldNowhere' } }, 1069912],
    [{ point: { mount_type: 2, mount_key: '' } }, 1069904],
    [{ point: undefined }, 1069904],
    [{ other: 1 }, 1069904],
    [{ file_token: 'boxNowhere' }, 1069907],
  ])('refuses %j with %i', async (change, code) => {
    const { simulator, upload, create } = await setUpImport()
    expect((await create(await upload('a.md'), change)).code).toBe(code)
    expect(simulator.imported).toEqual([])
  })

  it('refuses what was uploaded for something else, and a folder of others', async () => {
    const { simulator, client, folder, upload, create } = await setUpImport()
    const media = await client.uploadMedia('bitable_file', 'bascnDemo')
    expect((await create(media)).code).toBe(1069914)
    simulator.setAccess(folder, 'view')
    expect(await create(await upload('a.md'))).toMatchObject({ status: 403, code: 1069902 })
  })

  it('fails when the file is not what its name says, or the folder is full', async () => {
    const { simulator, upload, create, look } = await setUpImport()
    simulator.importRules.looks = 0
    const docx = { file_extension: 'docx' }
    const { ticket } = (await create(await upload('a.docx'), docx)).data
    expect(await look(ticket)).toMatchObject({ job_status: 112, token: '' })
    const zipped = await upload('b.docx', 'docx', Buffer.from('PK..'))
    const other = (await create(zipped, docx)).data['ticket']
    expect(await look(other)).toMatchObject({ job_status: 0 })
    expect(simulator.imported).toHaveLength(1)
  })
})
