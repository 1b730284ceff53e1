/** Each call of the open API is open to an account that holds what is asked for its purposes, and nothing more. */
import { expect, it, onTestFinished } from 'vitest'
import { type AccountApi, createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import { means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { UploadPoint } from '#shared/model/transfer.ts'
import { PURPOSE_NAMES, type Purpose, scopesOf } from '#shared/permissions/scope-groups.ts'
import { startSimulator } from '#test/simulator/simulator.ts'

type Call = Exclude<
  keyof AccountApi,
  'identity' | 'clockOffsetMs' | 'checkToken' | 'resetConnections' | 'close'
>

const FILES: readonly Purpose[] = ['folder', 'page', 'follow']
const MEDIAS: readonly Purpose[] = [
  'media',
  'import',
  'wikiImport',
  'document',
  'sheet',
  'base',
  'record',
]
const UPLOADS = [...FILES, ...MEDIAS]
const FOLDERS: readonly Purpose[] = ['folder', 'import', 'wikiImport', 'browse', 'follow']

/** The purposes that make a call. A new call does not compile without. */
const NEEDED_BY: Readonly<Record<Call, readonly Purpose[]>> = {
  uploadAll: UPLOADS,
  prepare: UPLOADS,
  sendPart: UPLOADS,
  finish: UPLOADS,
  listFolder: FOLDERS,
  folderPage: FOLDERS,
  createFolder: ['folder', 'follow'],
  readFile: ['compare'],
  createImport: ['import', 'wikiImport'],
  importJob: ['import', 'wikiImport'],
  moveToWiki: ['wikiImport'],
  moveToWikiStatus: ['wikiImport'],
  document: ['document'],
  children: ['document'],
  createMediaBlock: ['document'],
  showMedia: ['document'],
  deleteChild: ['document'],
  spreadsheet: ['sheet'],
  sheets: ['sheet'],
  floatImages: ['sheet'],
  createFloatImage: ['sheet'],
  base: ['base', 'record'],
  tables: ['base', 'record'],
  fields: ['base', 'record'],
  records: ['base', 'record'],
  createRecord: ['base'],
  createRecords: ['base'],
  record: ['record'],
  appendAttachment: ['record'],
  updateRecord: ['record'],
  wikiNode: ['wiki', 'page', 'wikiImport'],
  pagesBelow: ['page', 'wikiImport'],
  wikiPages: ['browse'],
  wikiSpaces: ['browse'],
  rootFolder: ['browse'],
  searchPlaces: ['search'],
  meta: ['names'],
  metas: ['names'],
  mayEdit: ['rights'],
  members: ['share'],
  grant: ['share'],
  moveThing: ['follow'],
  renameThing: ['follow'],
  trashFile: ['follow'],
  taskStatus: ['follow'],
}

const CALLS = Object.keys(NEEDED_BY) as readonly Call[]

/** Arguments that do for any call: its scope is looked at before them. */
function argumentsFor(purpose: Purpose) {
  const family = MEDIAS.includes(purpose) ? 'medias' : 'files'
  const point: UploadPoint = { family, parentType: 'explorer', parentNode: 'x' }
  const tokens = { token: 'x', fileToken: 'x', folderToken: 'x', parentToken: 'x', nodeToken: 'x' }
  const ids = { documentId: 'x', blockId: 'x', spreadsheetToken: 'x', sheetId: 'x', spaceId: 'x' }
  const table = {
    appToken: 'x',
    tableId: 'x',
    recordId: 'x',
    fieldId: 'x',
    ticket: 'x',
    taskId: 'x',
  }
  const upload = { point, fileName: 'a', bytes: new Uint8Array(1), checksum: 1, sizeBytes: 1 }
  const others = { uploadId: 'x', seq: 0, blockCount: 1, start: 0, revision: 1, index: 0 }
  const words = {
    name: 'a',
    title: 'a',
    extension: 'md',
    query: 'a',
    shows: 'image',
    member: 'ou_x',
  }
  const lists = { of: [], records: [], fields: {}, image: { fileToken: 'x', range: 'a' } }
  return {
    ...{ ...tokens, ...ids, ...table, ...upload, ...others, ...words, ...lists },
    ...{ type: 'docx', clientToken: '0b5b9c0e-5a0b-4f6a-8a58-9d1f3c2f1a11' },
  }
}

/** Makes a call with exactly these scopes. @returns whether it was refused for a scope */
async function isRefused(api: AccountApi, call: Call, purpose: Purpose): Promise<boolean> {
  const make = api[call] as (at: unknown, options: unknown) => Promise<unknown>
  const options = { signal: AbortSignal.timeout(20_000), onSent: () => {} }
  try {
    await make(argumentsFor(purpose), options)
    return false
  } catch (error) {
    if (!(error instanceof TransferError)) throw error
    return means(error, 'scope-missing')
  }
}

it('no call is refused for a scope where all that its purpose asks for is granted', async () => {
  const simulator = await startSimulator({ rate: 'off' })
  onTestFinished(() => simulator.close())
  const withScopes = (scopes: readonly string[]) => {
    const accessToken = simulator.issueUserToken({ granted: new Set(scopes) })
    const credentials = { kind: 'access-token', accessToken } as const
    return createFeishuApi({ baseUrl: simulator.baseUrl, credentials, env: {} })
  }
  const refused: string[] = []
  for (const purpose of PURPOSE_NAMES) {
    const api = withScopes(scopesOf([purpose]))
    for (const call of CALLS) {
      if (!NEEDED_BY[call].includes(purpose)) continue
      if (await isRefused(api, call, purpose)) refused.push(`${purpose}: ${call}`)
    }
    await api.close()
  }
  expect(refused).toEqual([])

  // Without any scope each is refused, so the simulator knows it, and the refusal leads to a purpose that needs it.
  const bare = withScopes([])
  for (const call of CALLS) {
    const [purpose] = NEEDED_BY[call]
    if (purpose === undefined) throw new Error(`no purpose needs ${call}`)
    // The one that tells by its answer that it is not to be had.
    if (call !== 'appendAttachment') {
      expect(await isRefused(bare, call, purpose), call).toBe(true)
    }
  }
  await bare.close()
})

it('each purpose is that of a call', () => {
  const called = new Set(CALLS.flatMap((call) => NEEDED_BY[call]))
  expect(PURPOSE_NAMES.filter((purpose) => !called.has(purpose))).toEqual(['staySignedIn'])
})
