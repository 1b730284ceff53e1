/** A place of every kind that files can be shown in, and what must be true there afterwards. */
import { expect } from 'vitest'
import type { Handling } from '#shared/model/transfer.ts'
import { KiB, type Scene, type SourceFile } from '#test/kit/feidi/scene.ts'
import { expectBytes } from '#test/kit/feidi/uploads.ts'
import type { Simulator } from '#test/simulator/simulator.ts'

interface Place {
  /** As `--to` takes it. */
  readonly to: string
  /** Every file is shown once, whole, and nothing else was added. */
  expectShownOnce(files: readonly SourceFile[]): Promise<void>
  /** Tokens of all media that were uploaded to it, shown or not. */
  uploaded(): string[]
}

export interface PlaceKind {
  /** Before the upload: questions, and what makes the place of a file. */
  readonly callsBefore: readonly string[]
  /** After the upload. */
  readonly callsAfter: readonly string[]
  readonly family: 'medias' | 'files'
  /** Names of the files: one that goes up in parts, and perhaps one that goes up in a single call. */
  readonly names: readonly string[]
  /** The handling requested besides the place. */
  readonly handling?: Handling
  /** The content of a file, where not any bytes will do. */
  readonly content?: (name: string, sizeBytes: number) => Buffer
  open(simulator: Simulator): Promise<Place>
}

/** Sizes of the two files of a scene: three parts, one call. */
const SIZES = [130 * KiB, 5 * KiB] as const

/** Scene settings: 64 KiB blocks; files of up to 10 KiB are uploaded in one call. */
export const SMALL_BLOCKS = {
  blockSizeBytes: 64 * KiB,
  singleCallBytes: 10 * KiB,
  overwrite: 'supported',
  requireRouteToken: true,
} as const

/** Writes the files that are to be shown. */
export function writeFiles(scene: Scene, { names, content }: PlaceKind): Promise<SourceFile[]> {
  const writing = names.map((name, index) => {
    const sizeBytes = SIZES[index] ?? 0
    return scene.write(name, content?.(name, sizeBytes) ?? sizeBytes)
  })
  return Promise.all(writing)
}

const BASE = { token: 'bascnCampaign', tables: [{ id: 'tblCampaign' }] } as const
const TABLE = `base:${BASE.token}/${BASE.tables[0].id}`

export const PLACES = {
  'new records of a Base': {
    callsBefore: ['bitable/list_fields'],
    callsAfter: ['bitable/create_record'],
    family: 'medias',
    names: ['合同.pdf', '图.png'],
    open: async (simulator) => {
      const base = simulator.addBase(BASE)
      return {
        to: `${TABLE}/附件?name=文本`,
        uploaded: () => mediaOf(simulator, (parent) => parent === base.token),
        expectShownOnce: async (files) => {
          const records = simulator.records(base.token, base.tableId)
          expect(records.map(({ fields }) => fields['文本']).sort()).toEqual(namesOf(files))
          for (const { fields } of records) {
            const name = fields['文本']
            await expectAttachments(
              simulator,
              fields['附件'],
              files.filter((f) => f.name === name),
            )
          }
        },
      }
    },
  },
  'one record of a Base': {
    callsBefore: ['bitable/list_fields'],
    callsAfter: ['bitable/batch_get', 'base/append_attachments'],
    family: 'medias',
    names: ['合同.pdf', '图.png'],
    open: async (simulator) => {
      const base = simulator.addBase(BASE)
      const recordId = simulator.addRecord(base.token, base.tableId, { 文本: '一号' })
      return {
        to: `${TABLE}/附件?record=${recordId}`,
        uploaded: () => mediaOf(simulator, (parent) => parent === base.token),
        expectShownOnce: async (files) => {
          const [record, ...others] = simulator.records(base.token, base.tableId)
          expect(others).toEqual([])
          expect(record).toMatchObject({ recordId, fields: { 文本: '一号' } })
          await expectAttachments(simulator, record?.fields['附件'], files)
        },
      }
    },
  },
  'a document': {
    callsBefore: ['docx/create_blocks'],
    callsAfter: ['docx/update_block'],
    family: 'medias',
    names: ['合同.pdf', '图.png'],
    open: async (simulator) => {
      const document = simulator.addDocument({ token: 'doxcnCampaign', paragraphs: 2 })
      const blockIds = () => document.blocks.map(({ blockId }) => blockId)
      return {
        to: `docx:${document.token}`,
        uploaded: () => mediaOf(simulator, (parent) => blockIds().includes(parent)),
        expectShownOnce: async (files) => {
          const [first, second, ...added] = document.blocks
          expect([first?.type, second?.type]).toEqual([2, 2])
          const shown = added.filter(({ type }) => type !== 33)
          expect(shown.map(({ fileToken }) => nameOf(simulator, fileToken)).sort()).toEqual(
            namesOf(files),
          )
          for (const { type, fileToken } of shown) {
            const file = files.find(({ name }) => name === nameOf(simulator, fileToken))
            expect(type).toBe(file?.name.endsWith('.png') ? 27 : 23)
            await expectBytes(simulator, fileToken, file?.bytes ?? Buffer.alloc(0))
          }
        },
      }
    },
  },
  'a sheet': {
    callsBefore: ['sheets/query_sheets'],
    callsAfter: ['sheets/query_images', 'sheets/create_image'],
    family: 'medias',
    names: ['图.jpg', '图.png'],
    open: async (simulator) => {
      const spreadsheet = simulator.addSpreadsheet({ token: 'shtcnCampaign' })
      return {
        to: `sheet:${spreadsheet.token}`,
        uploaded: () => mediaOf(simulator, (parent) => parent === spreadsheet.token),
        expectShownOnce: async (files) => {
          const tokens = spreadsheet.images.map(({ fileToken }) => ({ file_token: fileToken }))
          await expectAttachments(simulator, tokens, files)
          const ranges = new Set(spreadsheet.images.map(({ range }) => range))
          expect(ranges.size, 'pictures do not cover each other').toBe(files.length)
        },
      }
    },
  },
  'a file that is replaced': {
    callsBefore: [],
    callsAfter: [],
    family: 'files',
    names: ['合同.pdf'],
    open: async (simulator) => {
      const parentToken = simulator.createFolder('', '资料')
      const fileToken = await simulator.addFile({ parentToken, name: '旧.pdf' })
      return {
        to: `file:${fileToken}?in=${parentToken}`,
        uploaded: () => [],
        expectShownOnce: async ([file]) => {
          const [stored, ...others] = simulator.childrenOf(parentToken)
          expect(others).toEqual([])
          expect(stored?.token).toBe(fileToken)
          await expectBytes(simulator, fileToken, file?.bytes ?? Buffer.alloc(0))
        },
      }
    },
  },
  'a folder whose files are shared': {
    callsBefore: [],
    callsAfter: ['permissions/create_member'],
    family: 'files',
    names: ['合同.pdf', '图.png'],
    handling: { shareWith: 'ou_1' },
    open: async (simulator) => {
      const folderToken = simulator.createFolder('', '资料')
      return {
        to: `folder:${folderToken}`,
        uploaded: () => mediaOf(simulator, (parent) => parent === folderToken),
        expectShownOnce: async (files) => {
          const children = simulator.childrenOf(folderToken)
          expect(children.map(({ name }) => name).sort()).toEqual(namesOf(files))
          for (const { token, name } of children) {
            const file = files.find((each) => each.name === name)
            await expectBytes(simulator, token, file?.bytes ?? Buffer.alloc(0))
            expect(simulator.members(token)).toMatchObject([{ memberId: 'ou_1' }])
          }
        },
      }
    },
  },
  'files that replace those of their names': {
    callsBefore: ['files/list'],
    callsAfter: [],
    family: 'files',
    names: ['合同.pdf', '图.png'],
    handling: { sameName: 'overwrite' },
    open: async (simulator) => {
      const parentToken = simulator.createFolder('', '资料')
      const names = ['合同.pdf', '图.png']
      const old = await Promise.all(names.map((name) => simulator.addFile({ parentToken, name })))
      return {
        to: `folder:${parentToken}`,
        uploaded: () => [],
        expectShownOnce: async (files) => {
          const children = simulator.childrenOf(parentToken)
          expect(children.map(({ token }) => token).sort()).toEqual(old.sort())
          for (const { token, name } of children) {
            const file = files.find((each) => each.name === name)
            await expectBytes(simulator, token, file?.bytes ?? Buffer.alloc(0))
          }
        },
      }
    },
  },
  'documents in a folder': {
    callsBefore: [],
    callsAfter: ['import/get_task'],
    family: 'medias',
    names: ['合同.docx', '备注.md'],
    handling: { asDocument: {} },
    content: officeContent,
    open: async (simulator) => {
      const folderToken = simulator.createFolder('', '资料')
      const uploads = ['medias/upload_all', 'medias/upload_finish']
      return {
        to: `folder:${folderToken}`,
        uploaded: () =>
          uploads
            .flatMap((call) => simulator.callsTo(call))
            .flatMap((call) => call.fileToken ?? []),
        expectShownOnce: async (files) => {
          const titles = files.map(({ name }) => name.replace(/\.\w+$/, '')).sort()
          expect(
            simulator
              .childrenOf(folderToken)
              .map(({ name }) => name)
              .sort(),
          ).toEqual(titles)
          for (const { title, bytes } of simulator.imported) {
            const file = files.find(({ name }) => name.startsWith(`${title}.`))
            expect(bytes.equals(file?.bytes ?? Buffer.alloc(0)), title).toBe(true)
          }
        },
      }
    },
  },
} as const satisfies Record<string, PlaceKind>

/** Bytes that an import takes for what the name says: a ZIP's for an office file, else a text. */
export function officeContent(name: string, sizeBytes: number): Buffer {
  const opening = Buffer.from(/\.(docx|xlsx)$/i.test(name) ? 'PK' : '字')
  return Buffer.concat([opening, Buffer.alloc(sizeBytes - opening.length, 'x')])
}

/** Returns the command-line options for the handling. */
export function handlingOptions({ handling = {} }: PlaceKind): string[] {
  return [
    ...(handling.shareWith === undefined ? [] : ['--share-with', handling.shareWith]),
    ...(handling.sameName === 'overwrite' ? ['--same-name', 'overwrite'] : []),
    ...(handling.asDocument === undefined ? [] : ['--as-document']),
  ]
}

export type PlaceName = keyof typeof PLACES

export const PLACE_NAMES = Object.keys(PLACES) as PlaceName[]

function mediaOf(simulator: Simulator, isHere: (parent: string) => boolean): string[] {
  const files = simulator.files().filter(({ parent }) => isHere(parent))
  return files.map(({ token }) => token)
}

async function expectAttachments(
  simulator: Simulator,
  value: unknown,
  files: readonly SourceFile[],
): Promise<void> {
  const tokens = (value as { file_token: string }[]).map((item) => item.file_token)
  expect(tokens.map((token) => nameOf(simulator, token)).sort()).toEqual(namesOf(files))
  for (const token of tokens) {
    const file = files.find(({ name }) => name === nameOf(simulator, token))
    await expectBytes(simulator, token, file?.bytes ?? Buffer.alloc(0))
  }
}

function nameOf(simulator: Simulator, token: string): string {
  return simulator.files().find((file) => file.token === token)?.name ?? `nothing (${token})`
}

function namesOf(files: readonly SourceFile[]): string[] {
  return files.map(({ name }) => name).sort()
}
