import { describe, expect, it } from 'vitest'
import { destinationLink, fileLink } from '#main/app/api/links.ts'
import type { Destination, Transfer } from '#shared/model/transfer.ts'

const WEB = 'https://www.feishu.cn'
const BASE: Destination = { kind: 'base', appToken: 'bascn1', tableId: 'tbl1', field: 'fld1' }

describe('the page of a destination', () => {
  it.each<[Destination, string | null]>([
    [{ kind: 'folder', folderToken: 'fldcn1' }, `${WEB}/drive/folder/fldcn1`],
    [{ kind: 'file', fileToken: 'box1' }, `${WEB}/file/box1`],
    [{ kind: 'docx', documentId: 'doxcn1' }, `${WEB}/docx/doxcn1`],
    [{ kind: 'docx', documentId: 'doxcn1', wikiNode: 'wik1' }, `${WEB}/wiki/wik1`],
    [{ kind: 'sheet', spreadsheetToken: 'sht1', sheetId: 's1' }, `${WEB}/sheets/sht1?sheet=s1`],
    [BASE, `${WEB}/base/bascn1?table=tbl1`],
    [{ ...BASE, wikiNode: 'wik1' }, `${WEB}/wiki/wik1?table=tbl1`],
    [{ ...BASE, recordId: 'rec1' }, `${WEB}/base/bascn1?table=tbl1&record=rec1`],
    [{ kind: 'media', parentType: 'docx_file', parentNode: 'blk1' }, null],
  ])('%j', (destination, link) => {
    expect(destinationLink(destination, 'feishu')).toBe(link)
  })

  it('is at Lark for Lark', () => {
    const link = destinationLink({ kind: 'docx', documentId: 'd' }, 'lark')
    expect(link).toBe('https://www.larksuite.com/docx/d')
  })
})

describe('where an uploaded file is to be seen', () => {
  function done(destination: Destination, recordId?: string): Transfer {
    const state = {
      kind: 'done',
      fileToken: 'box9',
      finishedAtMs: 1,
      ...(recordId && { recordId }),
    }
    return { destination, state } as Transfer
  }

  it.each<[Destination, string | undefined, string | null]>([
    [{ kind: 'folder', folderToken: 'fldcn1' }, undefined, `${WEB}/file/box9`],
    [BASE, 'rec7', `${WEB}/base/bascn1?table=tbl1&record=rec7`],
    [{ kind: 'docx', documentId: 'doxcn1' }, undefined, `${WEB}/docx/doxcn1`],
    [{ kind: 'media', parentType: 'docx_file', parentNode: 'blk1' }, undefined, null],
  ])('in %j', (destination, recordId, link) => {
    expect(fileLink(done(destination, recordId), 'feishu')).toBe(link)
  })

  it('is where Feishu has said', () => {
    const pageUrl = 'https://files.example.com/file/box9'
    const transfer = { ...done({ kind: 'folder', folderToken: 'fldcn1' }), pageUrl }
    expect(fileLink(transfer, 'feishu')).toBe(pageUrl)
  })

  it('is nowhere before it is done', () => {
    const destination = { kind: 'folder', folderToken: 'fldcn1' } as const
    const state = { kind: 'attaching', fileToken: 'box9' } as const
    expect(fileLink({ destination, state } as unknown as Transfer, 'feishu')).toBeNull()
  })
})
