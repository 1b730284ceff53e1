/** Files that can become online documents, and the documents they become. */
import type { LocalErrorCode } from '../errors/error-code.ts'
import type { Destination, DocumentType, Handling } from '../model/transfer.ts'

const MB = 1024 * 1024

/**
 * 导入文件概述: what each kind of file may become, and up to what size. The page says MB, which are MiB in the
 * official client.
 */
const LIMITS: Readonly<Record<string, Readonly<Partial<Record<DocumentType, number>>>>> = {
  docx: { docx: 600 * MB },
  doc: { docx: 600 * MB },
  txt: { docx: 20 * MB },
  md: { docx: 20 * MB },
  mark: { docx: 20 * MB },
  markdown: { docx: 20 * MB },
  html: { docx: 20 * MB },
  xlsx: { sheet: 800 * MB, bitable: 800 * MB },
  csv: { sheet: 20 * MB, bitable: 100 * MB },
  xls: { sheet: 20 * MB },
}

/** Files that are plain text: nothing in them says in which encoding. */
const TEXTS = new Set(['txt', 'md', 'mark', 'markdown', 'html', 'csv'])

interface Asked {
  readonly fileName: string
  readonly destination: Destination
  readonly handling?: Handling | undefined
}

/** Checks whether documents can be made at a destination: in a folder, or below a page of a wiki. */
export function takesDocuments({ kind }: Pick<Destination, 'kind'>): boolean {
  return kind === 'folder' || kind === 'page'
}

/** A file's name in two: the title of its document, and the extension in small letters ('' without one). */
export function titleAndExtension(fileName: string): { title: string; extension: string } {
  const [, title = fileName, extension = ''] = /^(.+)\.([^.]+)$/.exec(fileName) ?? []
  return { title, extension: extension.toLowerCase() }
}

/** The type of document a file is asked to become; undefined: it goes up as a file. */
export function documentTypeFor({
  fileName,
  destination,
  handling,
}: Asked): DocumentType | undefined {
  const { asDocument } = handling ?? {}
  if (asDocument === undefined || !takesDocuments(destination)) return undefined
  const limits = LIMITS[titleAndExtension(fileName).extension]
  if (limits === undefined) return undefined
  if (limits.docx !== undefined) return 'docx'
  const { tables = 'sheet' } = asDocument
  return limits[tables] === undefined ? 'sheet' : tables
}

/** The reason why a file of this size can not become the document it is asked to become. */
export function whyNoDocument(asked: Asked, sizeBytes: number): LocalErrorCode | undefined {
  const type = documentTypeFor(asked)
  if (type === undefined) return undefined
  const limit = LIMITS[titleAndExtension(asked.fileName).extension]?.[type] ?? 0
  return sizeBytes > limit ? 'import-too-large' : undefined
}

/** Checks whether a file is to become a document and is plain text, whose encoding has to be known. */
export function isTextForDocument(asked: Asked): boolean {
  return (
    documentTypeFor(asked) !== undefined && TEXTS.has(titleAndExtension(asked.fileName).extension)
  )
}

/** 查询导入任务结果 · extra: what was cut off, by the code that says so. */
const CUT = {
  blocks: [1000],
  cells: [1001, 2001, 3004],
  columns: [1002, 2000, 3003],
  text: [1003, 2005],
  pictures: [1005, 2002, 2004, 3000, 3001, 3005, 3006],
  space: [2003],
} as const satisfies Record<string, readonly number[]>

/** The part of a file that an import has cut off. */
export type CutOff = keyof typeof CUT | 'other'

export function cutOffBy(code: number): CutOff {
  const found = Object.entries(CUT).find(([, codes]) => codes.some((each) => each === code))
  return (found?.[0] as CutOff | undefined) ?? 'other'
}
