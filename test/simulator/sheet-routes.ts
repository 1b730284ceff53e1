/** 电子表格: the sheets of a spreadsheet, and floating images on them. */
import { extname } from 'node:path'
import { type Answer, success } from './answer.ts'
import type { Call } from './call.ts'
import { IMAGE_LIMIT_BYTES, MAX_SHEET_IMAGES } from './limits.ts'
import { linkOf } from './links.ts'
import { Refusal } from './refusal.ts'
import type { Commit, Route, Server } from './server.ts'
import type { FloatImage, Sheet, Spreadsheet } from './spreadsheets.ts'

const SPREADSHEET = '/sheets/v3/spreadsheets/:spreadsheet'
const IMAGES = `${SPREADSHEET}/sheets/:sheet/float_images`

export function sheetRoutes(server: Server): Route[] {
  return [
    question('get_spreadsheet', SPREADSHEET, (call) => getSpreadsheet(server, call)),
    question('query_sheets', `${SPREADSHEET}/sheets/query`, (call) => querySheets(server, call)),
    question('query_images', `${IMAGES}/query`, (call) => queryImages(server, call)),
    {
      method: 'POST',
      path: IMAGES,
      endpoint: 'sheets/create_image',
      rate: 'minute',
      badBody: 1310229,
      handle: (call) => createImage(server, call),
    },
  ]
}

/** 100 calls a minute, says each page. */
function question(name: string, path: string, answer: (call: Call) => Answer): Route {
  return {
    method: 'GET',
    path,
    endpoint: `sheets/${name}`,
    rate: 'minute',
    readOnly: true,
    handle: async (call) => () => answer(call),
  }
}

/** 获取电子表格信息. */
function getSpreadsheet(server: Server, call: Call): Answer {
  const { token, title } = requireSpreadsheet(server, call, 'view')
  return success({
    spreadsheet: { token, title, owner_id: 'ou_demo', url: linkOf('sheet', token) },
  })
}

/** 获取工作表. */
function querySheets(server: Server, call: Call): Answer {
  const { sheets } = requireSpreadsheet(server, call, 'view')
  const row = ({ sheetId, title, hidden, resourceType }: Sheet, index: number) => ({
    sheet_id: sheetId,
    title,
    index,
    hidden,
    resource_type: resourceType,
    ...(resourceType === 'sheet'
      ? { grid_properties: { row_count: 200, column_count: 20 }, merges: [] }
      : {}),
  })
  return success({ sheets: sheets.map(row) })
}

/** 查询浮动图片. */
function queryImages(server: Server, call: Call): Answer {
  const spreadsheet = requireSpreadsheet(server, call, 'view')
  const { sheetId } = requireSheet(spreadsheet, call)
  const images = spreadsheet.images.filter((image) => image.sheetId === sheetId)
  return success({ items: images.map(imageRow) })
}

/** 创建浮动图片: of a media that was uploaded to this spreadsheet; its id may be chosen by the caller. */
async function createImage(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(
    ['float_image_token', 'range'],
    ['float_image_id', 'width', 'height', 'offset_x', 'offset_y'],
  )
  return () => {
    const spreadsheet = requireSpreadsheet(server, call, 'edit')
    const sheet = requireSheet(spreadsheet, call)
    const image = {
      imageId: imageIdOf(spreadsheet, body.float_image_id) ?? server.mint.next('').slice(-10),
      sheetId: sheet.sheetId,
      fileToken: checkImage(server, spreadsheet, body.float_image_token),
      range: checkRange(sheet, body.range),
    }
    const sizes = [body.width, body.height, body.offset_x, body.offset_y]
    if (sizes.some((size) => size !== undefined && !(Number(size) >= 0))) throw new Refusal(1310246)
    spreadsheet.images.push(image)
    return success({ float_image: imageRow(image) })
  }
}

/** 1310243 unless ten letters and digits, 1310244 when it is taken. */
function imageIdOf(spreadsheet: Spreadsheet, given: unknown): string | undefined {
  if (given === undefined || given === '') return undefined
  if (typeof given !== 'string' || !/^[\da-zA-Z]{10}$/.test(given)) throw new Refusal(1310243)
  if (spreadsheet.images.some(({ imageId }) => imageId === given)) throw new Refusal(1310244)
  return given
}

const IMAGE_SUFFIXES = ['.png', '.jpg', '.jpeg', '.gif', '.bmp', '.webp', '.heic', '.tiff']

/** The page names no code for what is no image, nor for one that is too big: 1310245 and 1310226 are ours. */
function checkImage(server: Server, spreadsheet: Spreadsheet, token: unknown): string {
  const media = typeof token === 'string' ? server.library.get(token) : undefined
  if (media?.parentType !== 'sheet_image' || media.parent !== spreadsheet.token) {
    throw new Refusal(1310245)
  }
  if (!IMAGE_SUFFIXES.includes(extname(media.name).toLowerCase())) throw new Refusal(1310245)
  if (media.sizeBytes > IMAGE_LIMIT_BYTES) throw new Refusal(1310226)
  const distinct = new Set([...spreadsheet.images.map(({ fileToken }) => fileToken), media.token])
  if (distinct.size > MAX_SHEET_IMAGES) throw new Refusal(1310247)
  return media.token
}

/** One cell of this sheet. */
function checkRange(sheet: Sheet, range: unknown): string {
  const [, sheetId, start, end] = /^(.+)!([A-Z]+\d+):([A-Z]+\d+)$/.exec(String(range)) ?? []
  if (sheetId !== sheet.sheetId || start !== end) throw new Refusal(1310202)
  return String(range)
}

function requireSpreadsheet(server: Server, call: Call, needed: 'view' | 'edit'): Spreadsheet {
  const { spreadsheet: token = '' } = call.params
  const spreadsheet = server.spreadsheets.require(token)
  if (!server.access.allows(call.identity, token, needed)) throw new Refusal(1310213)
  return spreadsheet
}

function requireSheet(spreadsheet: Spreadsheet, call: Call): Sheet {
  const sheet = spreadsheet.sheets.find(({ sheetId }) => sheetId === call.params['sheet'])
  if (sheet === undefined) throw new Refusal(1310215)
  if (sheet.resourceType !== 'sheet') throw new Refusal(1310211)
  return sheet
}

function imageRow({ imageId, fileToken, range }: FloatImage): Record<string, unknown> {
  return {
    float_image_id: imageId,
    float_image_token: fileToken,
    range,
    width: 100,
    height: 100,
    offset_x: 0,
    offset_y: 0,
  }
}
