/** One document of every kind, for users to upload to. */
import { linkOf } from './links.ts'
import type { Simulator } from './simulator-types.ts'

/** The links to paste as a destination. */
export interface DemoLinks {
  readonly folderLink: string
  readonly fileLink: string
  readonly documentLink: string
  readonly sheetLink: string
  readonly baseLink: string
  /** Of a record in that Base. */
  readonly recordLink: string
  /** Leads to the document. */
  readonly wikiLink: string
}

/** Puts a folder `Inbox` into the root and documents into another folder. */
export async function furnish(
  simulator: Simulator,
): Promise<DemoLinks & { readonly folderToken: string }> {
  const folderToken = simulator.createFolder('', 'Inbox')
  const parentToken = simulator.createFolder('', 'Documents')
  const document = simulator.addDocument({ parentToken, title: 'Weekly report', paragraphs: 3 })
  const spreadsheet = simulator.addSpreadsheet({ parentToken, title: 'Budget' })
  const base = simulator.addBase({ parentToken, name: 'Contracts', tables: [CONTRACTS] })
  const recordId = simulator.addRecord(base.token, base.tableId, { 名称: 'No. 1' })
  const file = { parentToken, name: 'handbook.pdf', bytes: Buffer.from('first version') }
  const fileToken = await simulator.addFile(file)
  const wiki = { token: 'wikcnFeishuSimulatorDemo000', title: document.title }
  simulator.addWikiNode({ ...wiki, objType: 'docx', objToken: document.token })
  const baseLink = `${linkOf('bitable', base.token)}?table=${base.tableId}`
  return {
    folderToken,
    folderLink: linkOf('folder', folderToken),
    fileLink: linkOf('file', fileToken),
    documentLink: linkOf('docx', document.token),
    sheetLink: linkOf('sheet', spreadsheet.token),
    baseLink,
    recordLink: `${baseLink}&record=${recordId}`,
    wikiLink: linkOf('wiki', wiki.token),
  }
}

const CONTRACTS = {
  name: 'Contracts',
  fields: [
    { name: '名称', type: 'text' },
    { name: '附件', type: 'attachment' },
    { name: '路径', type: 'text' },
    { name: '大小', type: 'number' },
    { name: '时间', type: 'date' },
  ],
} as const
