/** Places of every kind for the picker; what is pasted tells which. */

import type { RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { placeNamed } from '#test/kit/place-name.ts'

type Check = RequestOutput<'destination.check'>

const NO_NAMES = { title: null, table: null, field: null, sheet: null }

const AT_PAGE = { into: 'wiki:wikcn1', below: 'page:wikcn1' }

const FIELDS: Extract<Check, { kind: 'ok' }>['fields'] = [
  { id: 'fldName', name: '名称', takes: ['name', 'path'] },
  { id: 'fldFile', name: '附件', takes: ['attachment'] },
  { id: 'fldScan', name: '扫描件', takes: ['attachment'] },
  { id: 'fldSize', name: '大小', takes: ['sizeBytes'] },
  { id: 'fldTime', name: '修改时间', takes: ['modifiedAt'] },
]

export function checkOnStage(
  { text, columns }: RequestInput<'destination.check'>,
  view: (error: ErrorInfo) => ErrorInfo,
  atMs: number,
): Check {
  const refused = (error: Omit<ErrorInfo, 'atMs'>): Check => {
    return { kind: 'refused', error: view({ ...error, atMs }) }
  }
  if (text.includes('noscope')) {
    return refused({
      code: 99991672,
      missingScopes: ['docx:document', 'docs:document.media:upload'],
    })
  }
  if (text.includes('forbidden'))
    return refused({ code: 'destination-read-only', detail: '董事会纪要' })
  if (text.includes('/slides/')) return refused({ code: 'link-slides' })
  if (text.includes('whole')) return choiceOfTables(view({ code: 'base-table-ambiguous', atMs }))
  if (/base[/:]/.test(text)) return base(text, columns)
  if (/^page:/.test(text)) {
    const below = ok({ kind: 'page', nodeToken: 'wikcn1' }, 'page:wikcn1', '项目周报')
    return { ...below, wikiPage: { ...AT_PAGE, isInto: false } }
  }
  if (/wiki[/:]/.test(text)) {
    const into = ok({ kind: 'docx', documentId: 'doxcn1' }, 'docx:doxcn1', '项目周报')
    return { ...into, wikiPage: { ...AT_PAGE, isInto: true } }
  }
  if (/docx[/:]/.test(text)) {
    return ok({ kind: 'docx', documentId: 'doxcn1' }, 'docx:doxcn1', '项目周报')
  }
  if (/sheets?[/:]/.test(text)) {
    return ok(
      { kind: 'sheet', spreadsheetToken: 'shtcn1', sheetId: 's1' },
      'sheet:shtcn1/s1',
      '产品照片 › 2026',
      { title: '产品照片', sheet: '2026' },
    )
  }
  if (/file[/:]/.test(text))
    return ok({ kind: 'file', fileToken: 'box1' }, 'file:box1', '报价.xlsx')
  if (/folder[/:]/.test(text)) {
    const isNew = !text.startsWith('folder:')
    return ok(
      { kind: 'folder', folderToken: 'fldcnNew' },
      isNew ? 'folder:fldcnNew' : text,
      text === 'folder:fld1' ? '合同' : '宣传素材库',
    )
  }
  return refused({ code: 'destination-invalid', detail: text })
}

function ok(
  destination: Destination,
  text: string,
  label: string,
  names: Partial<typeof NO_NAMES | Record<keyof typeof NO_NAMES, string>> = {},
): Extract<Check, { kind: 'ok' }> {
  return {
    kind: 'ok',
    destination,
    names: { ...NO_NAMES, title: label, ...names },
    text,
    name: {
      ...placeNamed(destination.kind, names.title ?? label),
      part: names.table ?? names.sheet ?? null,
    },
    link: 'https://example.feishu.cn/drive/folder/fldcnNew',
    verified: true,
    error: null,
    wikiPage: null,
    fields: [],
    attachmentFields: [],
  }
}

function base(text: string, columns: RequestInput<'destination.check'>['columns']): Check {
  const field = text.includes('fldScan') ? 'fldScan' : 'fldFile'
  const short = `base:bascn1/tbl1/${field}`
  const name = columns?.name ?? (text.includes('name=fldName') ? 'fldName' : undefined)
  const destination: Destination = {
    kind: 'base',
    appToken: 'bascn1',
    tableId: 'tbl1',
    field,
    ...(name !== undefined && { columns: { name } }),
  }
  const found = ok(
    destination,
    name === undefined ? short : `${short}?name=${name}`,
    '合同台账 › 2026 年',
    { title: '合同台账', table: '2026 年', field: field === 'fldScan' ? '扫描件' : '附件' },
  )
  return {
    ...found,
    fields: FIELDS,
    attachmentFields: ['fldFile', 'fldScan'].map((id) => ({
      id,
      name: id === 'fldScan' ? '扫描件' : '附件',
      text: `base:bascn1/tbl1/${id}`,
    })),
  }
}

function choiceOfTables(error: ErrorInfo): Check {
  return {
    kind: 'choose',
    what: 'table',
    title: '合同台账',
    choices: ['2025 年', '2026 年', '供应商'].map((name, index) => ({
      id: `tbl${index}`,
      name,
      text: `base:bascn1/tbl${index}`,
    })),
    error,
  }
}

/** A sheet refuses all that is no picture. */
export function forecastOnStage(
  paths: readonly string[],
  destination: string,
  atMs: number,
): RequestOutput<'queue.preview'> {
  const names = paths.map((path) => path.split('/').at(-1) ?? path)
  const refused = destination.startsWith('sheet:')
    ? names.filter((name) => !name.endsWith('.png'))
    : []
  const files = names.length - refused.length
  return {
    ...{ files, bytes: files * 2_400_000, calls: files, unchanged: 0, days: 1, complete: true },
    ...{ warnings: [], doneAtMs: atMs + 3 * 60_000 },
    refused: refused.length,
    reasons: refused
      .slice(0, 1)
      .map((fileName) => ({ fileName, error: { code: 'sheet-only-images', atMs } })),
  }
}
