import { describe, expect, it } from 'vitest'
import type { NewSpreadsheet } from '../spreadsheets.ts'
import { setUp } from './fixture.ts'
import { patternBytes } from './raw-client.ts'

/** A spreadsheet with a sheet `s1` and a client that puts images on it. */
async function setUpSpreadsheet(spec: NewSpreadsheet = {}) {
  const { simulator, client } = await setUp()
  const sheets = [{ id: 's1' }]
  const spreadsheet = simulator.addSpreadsheet({ token: 'shtDemo', sheets, ...spec })
  const path = '/sheets/v3/spreadsheets/shtDemo'
  const upload = async (name: string, parent = 'shtDemo') => {
    const point = { parent_type: 'sheet_image', parent_node: parent, file_name: name }
    const answer = await client.uploadAll(patternBytes(100), point, 'medias')
    return String(answer.data['file_token'])
  }
  return {
    simulator,
    client,
    spreadsheet,
    path,
    upload,
    place: (token: string, change: object = {}, sheet = 's1') =>
      client.json(`${path}/sheets/${sheet}/float_images`, {
        float_image_token: token,
        range: 's1!A1:A1',
        ...change,
      }),
  }
}

describe('a spreadsheet', () => {
  it('says its name and its sheets', async () => {
    const sheets = [
      { id: 's1', title: '一月' },
      { id: 's2', hidden: true },
      { resourceType: 'bitable' },
    ]
    const { client, path } = await setUpSpreadsheet({ title: '预算', sheets })
    expect((await client.get(path)).data).toMatchObject({
      spreadsheet: {
        token: 'shtDemo',
        title: '预算',
        url: 'https://demo.feishu.cn/sheets/shtDemo',
      },
    })
    expect((await client.get(`${path}/sheets/query`)).data).toMatchObject({
      sheets: [
        { sheet_id: 's1', title: '一月', index: 0, hidden: false, resource_type: 'sheet' },
        { sheet_id: 's2', title: 'Sheet2', index: 1, hidden: true },
        { index: 2, resource_type: 'bitable' },
      ],
    })
  })

  it('is not there, or not any more, or not for everybody', async () => {
    const { simulator, client, path, place } = await setUpSpreadsheet()
    expect((await client.get('/sheets/v3/spreadsheets/shtNowhere')).code).toBe(1310214)
    simulator.setAccess('shtDemo', 'view')
    expect((await client.get(path)).code).toBe(0)
    expect((await place('boxcn1')).code).toBe(1310213)
    simulator.setAccess('shtDemo', 'none')
    expect((await client.get(path)).code).toBe(1310213)
    simulator.removeNode('shtDemo')
    expect((await client.get(path)).code).toBe(1310249)
  })
})

describe('a floating image', () => {
  it('shows an image that was uploaded to the spreadsheet', async () => {
    const { client, spreadsheet, path, upload, place } = await setUpSpreadsheet()
    const token = await upload('图.PNG')
    const answer = await place(token, { float_image_id: 'abcdeABC12' })
    expect(answer.data).toMatchObject({
      float_image: { float_image_id: 'abcdeABC12', float_image_token: token, range: 's1!A1:A1' },
    })
    expect(spreadsheet.images).toMatchObject([{ sheetId: 's1', fileToken: token }])
    expect((await client.get(`${path}/sheets/s1/float_images/query`)).data).toMatchObject({
      items: [{ float_image_id: 'abcdeABC12', float_image_token: token }],
    })
  })

  it('has an id that is taken once', async () => {
    const { spreadsheet, upload, place } = await setUpSpreadsheet()
    const token = await upload('a.png')
    const id = { float_image_id: 'abcdeABC12' }
    expect((await place(token, id)).code).toBe(0)
    expect(await place(token, id)).toMatchObject({ status: 400, code: 1310244 })
    expect((await place(token, { float_image_id: 'short' })).code).toBe(1310243)
    expect(spreadsheet.images).toHaveLength(1)
  })

  it('is an image of this spreadsheet', async () => {
    const { spreadsheet, client, upload, place } = await setUpSpreadsheet()
    const strangers = [
      await upload('a.pdf'),
      await upload('a.png', 'shtOther'),
      await client.uploadMedia('bitable_image', 'bascn1'),
      'boxcnNowhere',
    ]
    for (const token of strangers) expect((await place(token)).code).toBe(1310245)
    expect(spreadsheet.images).toEqual([])
  })

  it.each([
    [{ range: 'A1:A1' }, 's1', 1310202],
    [{ range: 's1!A1:B2' }, 's1', 1310202],
    [{ range: 's2!A1:A1' }, 's1', 1310202],
    [{ width: -1 }, 's1', 1310246],
    [{ other: 1 }, 's1', 1310229],
    [{}, 's9', 1310215],
    [{}, 'base', 1310211],
  ])('is refused: %j on %s', async (change, sheet, code) => {
    const sheets = [{ id: 's1' }, { id: 's2' }, { id: 'base', resourceType: 'bitable' }]
    const { upload, place } = await setUpSpreadsheet({ sheets })
    expect((await place(await upload('a.png'), change, sheet)).code).toBe(code)
  })
})
