import type { Client } from '@larksuiteoapi/node-sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDestination } from '#main/destination/parse-destination.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'

/** Every upload point of the official SDK: one more there, and this does not compile. */
type SdkPoint = NonNullable<
  Parameters<Client['drive']['media']['uploadAll']>[0]
>['data']['parent_type']
const SDK_POINTS: Record<SdkPoint, true> = {
  ...{ doc_image: true, docx_image: true, sheet_image: true, doc_file: true, docx_file: true },
  ...{ sheet_file: true, bitable_image: true, bitable_file: true, bitable_tmp_point: true },
  ...{ base_global: true, calendar: true, comment_image: true, email: true, moments: true },
  ...{ lark_ai_media_analysis: true, mindnote_image: true, office_sheet_file: true },
  ...{ office_slide_file: true, slide_file: true, slide_img: true, whiteboard: true },
  ...{ vc_virtual_background: true, ccm_import_open: true },
}

const TOKEN = 'fldcnABCdef0123456789_-xyz'

function codeOf(text: string): unknown {
  try {
    parseDestination(text)
    return 'accepted'
  } catch (error) {
    return error instanceof TransferError ? error.code : error
  }
}

describe('a path of names', () => {
  it.each([
    ['my-space:/Projects/2026', 'my-space', ['Projects', '2026']],
    ['my-space:项目/', 'my-space', ['项目']],
    ['my-space:', 'my-space', []],
    ['my-space:/A%2FB/100%', 'my-space', ['A/B', '100%']],
    ['wiki-space:/产品/周报', 'wiki-space', ['产品', '周报']],
  ] as const)('%s', (text, root, names) => {
    expect(parseDestination(text).destination).toEqual({ kind: 'path', root, names })
  })

  it('is also what the link of My Space means', () => {
    const destination = { kind: 'path', root: 'my-space', names: [] }
    const link = 'https://example.feishu.cn/drive/me/?from=x'
    expect(parseDestination(link)).toEqual({ destination, brand: 'feishu' })
  })
})

describe('a folder', () => {
  it.each([
    [`https://example.feishu.cn/drive/folder/${TOKEN}`, 'feishu'],
    [`https://example.larkoffice.com/drive/folder/${TOKEN}`, 'feishu'],
    [`https://example.larksuite.com/drive/folder/${TOKEN}`, 'lark'],
    [`https://feishu.cn/drive/folder/${TOKEN}`, 'feishu'],
    [`http://example.feishu.cn/drive/folder/${TOKEN}`, 'feishu'],
    [`HTTPS://EXAMPLE.FEISHU.CN/drive/folder/${TOKEN}`, 'feishu'],
    [`https://example.feishu.cn/drive/folder/${TOKEN}/`, 'feishu'],
    [`https://example.feishu.cn/drive/folder/${TOKEN}?from=from_copylink`, 'feishu'],
    [`https://example.feishu.cn/drive/folder/${TOKEN}#share`, 'feishu'],
    [`https://example.feishu.cn:443/drive/folder/${TOKEN}`, 'feishu'],
    [`  https://example.feishu.cn/drive/folder/${TOKEN}\n`, 'feishu'],
    [`https://example.feishu.cn/drive/shr/${TOKEN}`, 'feishu'],
    [`https://example.feishu.cn/chat/drive/${TOKEN}`, 'feishu'],
    // A company may have a domain of its own, which says nothing.
    [`https://docs.example.com/drive/folder/${TOKEN}`, undefined],
    // Names that only look like Feishu's.
    [`https://evilfeishu.cn/drive/folder/${TOKEN}`, undefined],
    [`https://feishu.cn.example.com/drive/folder/${TOKEN}`, undefined],
    [`https://larksuite.com@example.com/drive/folder/${TOKEN}`, undefined],
    [`folder:${TOKEN}`, undefined],
    [` folder:${TOKEN} `, undefined],
  ])('%s', (text, brand) => {
    expect(parseDestination(text)).toEqual({
      destination: { kind: 'folder', folderToken: TOKEN },
      brand,
    })
  })
})

describe('a media', () => {
  it.each(Object.keys(SDK_POINTS).filter((point) => point !== 'ccm_import_open'))(
    'media:%s:TOKEN',
    (parentType) => {
      expect(parseDestination(`media:${parentType}:${TOKEN}`)).toEqual({
        destination: { kind: 'media', parentType, parentNode: TOKEN },
        brand: undefined,
      })
    },
  )

  it('for a block names the document it is in, and for nothing else', () => {
    expect(parseDestination(`media:docx_file:${TOKEN}?route=dox1`).destination).toEqual({
      ...{ kind: 'media', parentType: 'docx_file', parentNode: TOKEN, route: 'dox1' },
    })
    expect(codeOf(`media:bitable_file:${TOKEN}?route=dox1`)).toBe('destination-invalid')
  })

  it('says which upload points there are not, and which is of no use alone', () => {
    for (const name of ['explorer', 'DOCX_FILE', '__proto__', 'constructor', '']) {
      expect(codeOf(`media:${name}:abc`)).toBe('media-unknown')
    }
    expect(codeOf('media:ccm_import_open:abc')).toBe('media-for-import')
  })
})

const LINK = 'https://example.feishu.cn'

describe('documents, tables and files', () => {
  it.each<[string, GivenDestination]>([
    [`${LINK}/docx/${TOKEN}`, { kind: 'docx', documentId: TOKEN }],
    [`${LINK}/docx/${TOKEN}?from=from_copylink#part-2`, { kind: 'docx', documentId: TOKEN }],
    [`${LINK}/docx/${TOKEN}#`, { kind: 'docx', documentId: TOKEN }],
    [`${LINK}/sheets/${TOKEN}`, { kind: 'sheet', spreadsheetToken: TOKEN }],
    [
      `${LINK}/sheets/${TOKEN}?sheet=Q7PlXT&from=x`,
      { kind: 'sheet', spreadsheetToken: TOKEN, sheetId: 'Q7PlXT' },
    ],
    [`${LINK}/spreadsheets/${TOKEN}`, { kind: 'sheet', spreadsheetToken: TOKEN }],
    [`${LINK}/base/${TOKEN}`, { kind: 'whole-base', appToken: TOKEN }],
    [
      `${LINK}/base/${TOKEN}?table=tbl1&view=vew1`,
      { kind: 'base', appToken: TOKEN, tableId: 'tbl1' },
    ],
    [
      `${LINK}/bitable/${TOKEN}?table=tbl1&record=rec1`,
      { kind: 'base', appToken: TOKEN, tableId: 'tbl1', recordId: 'rec1' },
    ],
    [`${LINK}/wiki/${TOKEN}`, { kind: 'wiki', nodeToken: TOKEN }],
    [
      `${LINK}/wiki/${TOKEN}?table=tbl1&view=vew1`,
      { kind: 'wiki', nodeToken: TOKEN, tableId: 'tbl1' },
    ],
    [`${LINK}/wiki/${TOKEN}?sheet=s1`, { kind: 'wiki', nodeToken: TOKEN, sheetId: 's1' }],
    [`${LINK}/file/${TOKEN}`, { kind: 'file', fileToken: TOKEN }],
    [`${LINK}/drive/file/${TOKEN}/`, { kind: 'file', fileToken: TOKEN }],
    // A value that is not an id is not requested.
    [`${LINK}/sheets/${TOKEN}?sheet=a%20b`, { kind: 'sheet', spreadsheetToken: TOKEN }],
    [`docx:${TOKEN}`, { kind: 'docx', documentId: TOKEN }],
    [`sheet:${TOKEN}`, { kind: 'sheet', spreadsheetToken: TOKEN }],
    [`sheet:${TOKEN}/s1`, { kind: 'sheet', spreadsheetToken: TOKEN, sheetId: 's1' }],
    [`base:${TOKEN}`, { kind: 'whole-base', appToken: TOKEN }],
    [`base:${TOKEN}/tbl1`, { kind: 'base', appToken: TOKEN, tableId: 'tbl1' }],
    [`base:${TOKEN}/tbl1/fld1`, { kind: 'base', appToken: TOKEN, tableId: 'tbl1', field: 'fld1' }],
    [
      `base:${TOKEN}/t/合同 附件`,
      { kind: 'base', appToken: TOKEN, tableId: 't', field: '合同 附件' },
    ],
    [`base:${TOKEN}/t/a/b`, { kind: 'base', appToken: TOKEN, tableId: 't', field: 'a/b' }],
    [`base:${TOKEN}/t/50%`, { kind: 'base', appToken: TOKEN, tableId: 't', field: '50%' }],
    [
      `base:${TOKEN}/t?record=rec1&name=名称&size=fld2`,
      {
        kind: 'base',
        appToken: TOKEN,
        tableId: 't',
        recordId: 'rec1',
        columns: { name: '名称', sizeBytes: 'fld2' },
      },
    ],
    [`wiki:${TOKEN}`, { kind: 'wiki', nodeToken: TOKEN }],
    [`page:${TOKEN}`, { kind: 'page', nodeToken: TOKEN }],
    [`file:${TOKEN}?in=fld9`, { kind: 'file', fileToken: TOKEN, parentToken: 'fld9' }],
  ])('%s', (text, destination) => {
    expect(parseDestination(text).destination).toEqual(destination)
  })
})

describe('links that lead to what takes no files', () => {
  it.each([
    [`${LINK}/doc/${TOKEN}`, 'link-old-doc'],
    [`${LINK}/docs/${TOKEN}`, 'link-old-doc'],
    [`${LINK}/slides/${TOKEN}`, 'link-slides'],
    [`${LINK}/mindnote/${TOKEN}`, 'link-mindnote'],
    [`${LINK}/record/${TOKEN}`, 'link-base-record'],
    [`${LINK}/share/base/form/${TOKEN}`, 'link-base-part'],
    [`${LINK}/share/base/dashboard/${TOKEN}`, 'link-base-part'],
    [`${LINK}/base/workspace/${TOKEN}`, 'link-base-part'],
    [`${LINK}/base/add/${TOKEN}`, 'link-base-part'],
    [`${LINK}/app/${TOKEN}`, 'link-app'],
    [`${LINK}/wiki/settings/7123456789`, 'link-wiki-space'],
    [`${LINK}/drive/home/`, 'destination-unsupported'],
    [`${LINK}/drive/folder/`, 'destination-unsupported'],
    [`${LINK}/drive/folder`, 'destination-unsupported'],
    [`${LINK}/wiki`, 'destination-unsupported'],
    [LINK, 'destination-unsupported'],
    ['https://www.example.com/xyz', 'link-elsewhere'],
    ['https://feishu.cn.example.com/', 'link-elsewhere'],
  ])('%s', (text, code) => {
    expect(codeOf(text)).toBe(code)
  })
})

describe('no destination at all', () => {
  it.each([
    '',
    '   ',
    TOKEN,
    'folder',
    'folder:',
    'folder: ',
    'folder:a:b',
    'folder:a b',
    'docx:',
    'docx:a/b',
    'sheet:a/b/c',
    'base:',
    'base:a b/c',
    'base:a/b/',
    'base:a/b/%0A',
    'wiki:',
    'slides:abc',
    'folder:a/b',
    'folder:../../etc',
    'folder:%2e%2e',
    'folder:ａｂｃ',
    'folder:报告',
    'folder:a\u0000b',
    'folder:a\nb',
    'folder:a\u202eb',
    'Folder:abc',
    'media',
    'media:docx_file',
    'media:docx_file:',
    'media:docx_file:a:b',
    'https://',
    'https://exa mple/drive/folder/abc',
    'https://[::1/drive/folder/abc',
    `https://example.feishu.cn/drive/folder/${TOKEN}%00`,
    'https://example.feishu.cn/drive/folder/%E6%8A%A5',
    'https://example.feishu.cn/drive/folder/a;b',
    `javascript:https://example.feishu.cn/drive/folder/${TOKEN}`,
    `file:///drive/folder/${TOKEN}`,
    `//example.feishu.cn/drive/folder/${TOKEN}`,
    `example.feishu.cn/drive/folder/${TOKEN}`,
    'C:\\Users\\li',
    '/home/li',
  ])('%j', (text) => {
    expect(codeOf(text)).toBe('destination-invalid')
  })
})

const token = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/)
const field = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u.test(text) && text.trim() !== '')

function record<T extends object>(required: T, optional: Record<string, fc.Arbitrary<unknown>>) {
  return fc.record({ ...required, ...optional } as never, {
    requiredKeys: Object.keys(required) as never,
  })
}

const wikiNode = token
const columns = fc
  .record({ name: field, path: field, sizeBytes: field, modifiedAt: field }, { requiredKeys: [] })
  .filter((given) => Object.keys(given).length > 0)

const given = fc.oneof(
  record({ kind: fc.constant('folder'), folderToken: token }, {}),
  record(
    { kind: fc.constant('media'), parentType: fc.constant('docx_file'), parentNode: token },
    { route: token },
  ),
  record({ kind: fc.constant('docx'), documentId: token }, { wikiNode }),
  record({ kind: fc.constant('sheet'), spreadsheetToken: token }, { sheetId: token, wikiNode }),
  record(
    { kind: fc.constant('base'), appToken: token, tableId: token },
    { field, recordId: token, columns, wikiNode },
  ),
  record({ kind: fc.constant('page'), nodeToken: token }, {}),
  record({ kind: fc.constant('file'), fileToken: token }, { parentToken: token, wikiNode }),
  record({ kind: fc.constant('whole-base'), appToken: token }, { field, recordId: token, columns }),
  record(
    { kind: fc.constant('wiki'), nodeToken: token },
    { tableId: token, sheetId: token, field, recordId: token, columns },
  ),
  record(
    {
      kind: fc.constant('path'),
      root: fc.constantFrom('my-space', 'wiki-space'),
      names: fc.array(field, { maxLength: 4 }),
    },
    {},
  ),
) as fc.Arbitrary<GivenDestination>

it('reads back what it writes, whatever the destination', () => {
  fc.assert(
    fc.property(given, (destination) => {
      expect(parseDestination(formatDestination(destination))).toEqual({ destination })
    }),
    { numRuns: 1_000 },
  )
})

it('refuses anything else with a code of its own, and never lets a strange token through', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .tuple(fc.constantFrom('folder', 'docx', 'sheet', 'base', 'file', 'wiki'), fc.string())
      .map(([kind, rest]) => `${kind}:${rest}`),
    fc.tuple(fc.string(), fc.string()).map(([type, node]) => `media:${type}:${node}`),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc
      .tuple(
        fc.constantFrom('drive/folder', 'docx', 'sheets', 'base', 'wiki', 'file'),
        fc.string({ unit: 'grapheme' }),
      )
      .map(([path, rest]) => `https://x.feishu.cn/${path}/${rest}`),
  )
  fc.assert(
    fc.property(text, (raw) => {
      try {
        const { kind, ...parts } = parseDestination(raw).destination
        for (const [key, value] of Object.entries(parts)) {
          if (key === 'field' || key === 'columns') continue
          expect(value, `${kind} ${key}`).toMatch(/^[A-Za-z0-9_-]+$/)
        }
      } catch (error) {
        if (!(error instanceof TransferError)) throw error
        expect(error.code).toMatch(/^(destination-(invalid|unsupported)|(link|media)-[a-z-]+)$/)
      }
    }),
    { numRuns: 2_000 },
  )
})
