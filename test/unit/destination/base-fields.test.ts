import { describe, expect, it } from 'vitest'
import { attachmentField, columnValues, takenBy } from '#main/destination/base-fields.ts'
import type { BaseField } from '#main/destination/document-api.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'

const TEXT: BaseField = { fieldId: 'fld1', name: '名称', type: 1 }
const NUMBER: BaseField = { fieldId: 'fld2', name: '大小', type: 2 }
const DATE: BaseField = { fieldId: 'fld3', name: '时间', type: 5 }
const FILE: BaseField = { fieldId: 'fld4', name: '附件', type: 17 }
const SCAN: BaseField = { fieldId: 'fld5', name: 'fld4', type: 17 }

function codeOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error instanceof TransferError ? [error.code, error.context.detail] : error
  }
}

describe('the field for the files', () => {
  it.each<[string, readonly BaseField[], string | undefined, unknown]>([
    ['the only one there is', [TEXT, FILE], undefined, FILE],
    ['the one with this id, whatever another is called', [SCAN, FILE], 'fld4', FILE],
    ['the one with this name', [TEXT, FILE], '附件', FILE],
    ['to be chosen', [FILE, SCAN], undefined, ['base-field-ambiguous', '附件, fld4']],
    ['missing', [TEXT], undefined, ['base-no-attachment-field', undefined]],
    ['not there', [FILE], '发票', ['base-field-missing', '发票']],
    ['of another kind', [TEXT, FILE], '名称', ['base-field-not-attachment', '名称']],
  ])('is %s', (_, fields, asked, expected) => {
    expect(codeOf(() => attachmentField(fields, asked))).toEqual(expected)
  })
})

describe('what is told about a file', () => {
  const transfer = {
    fileName: 'a.pdf',
    remoteFolders: ['合同', '2026'],
    sizeBytes: 12,
    fingerprint: { mtimeNs: '1764072000123456789' },
  } as unknown as Transfer
  const base = { kind: 'base', appToken: 'a', tableId: 't' } as const

  it('goes into each field as the field takes it', () => {
    const columns = { name: 'fld1', sizeBytes: '大小', modifiedAt: '时间' }
    const fields = [TEXT, NUMBER, DATE]
    expect(columnValues(fields, { ...base, columns }, transfer)).toEqual({
      名称: 'a.pdf',
      大小: 12,
      时间: 1_764_072_000_123,
    })
    const asText = { path: '名称' }
    expect(columnValues(fields, { ...base, columns: asText }, transfer)).toEqual({
      名称: '合同/2026/a.pdf',
    })
    const sizeAsText = { sizeBytes: '名称' }
    expect(columnValues(fields, { ...base, columns: sizeAsText }, transfer)).toEqual({ 名称: '12' })
  })

  it('is nothing unless asked for', () => {
    expect(columnValues([TEXT], base, transfer)).toEqual({})
  })

  it('can not go into a field of another kind', () => {
    const columns = { name: '大小' }
    expect(codeOf(() => columnValues([NUMBER], { ...base, columns }, transfer))).toEqual([
      'base-column-type',
      '大小',
    ])
  })

  it('is offered where it fits', () => {
    expect([TEXT, NUMBER, DATE, FILE].map(takenBy)).toEqual([
      ['name', 'path', 'sizeBytes', 'modifiedAt'],
      ['sizeBytes'],
      ['modifiedAt'],
      ['attachment'],
    ])
  })
})
