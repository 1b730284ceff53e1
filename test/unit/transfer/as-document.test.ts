import { expect, it } from 'vitest'
import type { Handling } from '#shared/model/transfer.ts'
import { documentTypeFor, isTextForDocument, whyNoDocument } from '#shared/transfer/as-document.ts'

const MB = 1024 * 1024
const FOLDER = { kind: 'folder', folderToken: 'fld' } as const

/** A file with a wish for documents, in a folder. */
function asked(fileName: string, asDocument: Handling['asDocument'] = {}) {
  return { fileName, destination: FOLDER, handling: { asDocument } }
}

it.each([
  ['a.docx', {}, 'docx', 600],
  ['a.b.DOC', { tables: 'bitable' }, 'docx', 600],
  ['a.md', {}, 'docx', 20],
  ['a.html', {}, 'docx', 20],
  ['a.xlsx', {}, 'sheet', 800],
  ['a.xlsx', { tables: 'bitable' }, 'bitable', 800],
  ['a.csv', {}, 'sheet', 20],
  ['a.csv', { tables: 'bitable' }, 'bitable', 100],
  ['a.xls', { tables: 'bitable' }, 'sheet', 20],
] as const)('%s, asked with %j, becomes a %s of up to %i MB', (name, wishes, type, limitMb) => {
  expect(documentTypeFor(asked(name, wishes))).toBe(type)
  expect(whyNoDocument(asked(name, wishes), limitMb * MB)).toBeUndefined()
  expect(whyNoDocument(asked(name, wishes), limitMb * MB + 1)).toBe('import-too-large')
})

it('stays a file where nothing can be made of it, nobody asked, or the place is no folder', () => {
  for (const name of ['a.png', 'a', '.md', 'md', 'a.docx ']) {
    expect(documentTypeFor(asked(name)), name).toBeUndefined()
    expect(whyNoDocument(asked(name), 9_999 * MB), name).toBeUndefined()
  }
  expect(documentTypeFor({ ...asked('a.md'), handling: {} })).toBeUndefined()
  const sheet = { kind: 'sheet', spreadsheetToken: 's' } as const
  expect(documentTypeFor({ ...asked('a.md'), destination: sheet })).toBeUndefined()
})

it('is looked at for its encoding where it is plain text', () => {
  const names = ['a.csv', 'a.MD', 'a.docx', 'a.xlsx', 'a.png']
  expect(names.filter((name) => isTextForDocument(asked(name)))).toEqual(['a.csv', 'a.MD'])
})
