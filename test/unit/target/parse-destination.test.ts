import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDestination } from '#main/target/parse-destination.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

const TOKEN = 'fldcnABCdef0123456789_-xyz'

function codeOf(text: string): unknown {
  try {
    parseDestination(text)
    return 'accepted'
  } catch (error) {
    return error instanceof TransferError ? error.code : error
  }
}

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
  it.each(['bitable_file', 'docx_image', 'sheet_image', 'whiteboard', 'calendar'])(
    'media:%s:TOKEN',
    (parentType) => {
      expect(parseDestination(`media:${parentType}:${TOKEN}`)).toEqual({
        destination: { kind: 'media', parentType, parentNode: TOKEN },
        brand: undefined,
      })
    },
  )
})

describe('known, but nothing to upload to', () => {
  it.each([
    `https://example.feishu.cn/docx/${TOKEN}`,
    `https://example.feishu.cn/wiki/${TOKEN}`,
    `https://example.feishu.cn/base/${TOKEN}?table=tbl1`,
    `https://example.feishu.cn/file/${TOKEN}`,
    'https://example.feishu.cn/drive/me/',
    'https://example.feishu.cn/drive/folder/',
    'https://example.feishu.cn/drive/folder',
    'https://example.feishu.cn',
    `docx:${TOKEN}`,
    `sheet:${TOKEN}`,
    `base:${TOKEN}/tbl1/fld1`,
    `wiki:${TOKEN}`,
  ])('%s', (text) => {
    expect(codeOf(text)).toBe('destination-unsupported')
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
    'media::abc',
    'media:explorer:abc',
    'media:DOCX_FILE:abc',
    'media:__proto__:abc',
    'media:constructor:abc',
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

it('refuses anything else with a code of its own, and never lets a strange token through', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((rest) => `folder:${rest}`),
    fc.tuple(fc.string(), fc.string()).map(([type, node]) => `media:${type}:${node}`),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string({ unit: 'grapheme' }).map((rest) => `https://x.feishu.cn/drive/folder/${rest}`),
  )
  fc.assert(
    fc.property(text, (given) => {
      try {
        const { destination } = parseDestination(given)
        const token =
          destination.kind === 'folder' ? destination.folderToken : destination.parentNode
        expect(token).toMatch(/^[A-Za-z0-9_-]+$/)
      } catch (error) {
        if (!(error instanceof TransferError)) throw error
        expect(error.code).toMatch(/^destination-(invalid|unsupported)$/)
      }
    }),
    { numRuns: 1_000 },
  )
})
