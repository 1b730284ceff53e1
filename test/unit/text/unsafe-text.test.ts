/** Words that are not ours, on every way out besides the command line (test/unit/cli) and the pages (test/app). */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { toCsv } from '#main/app/api/csv.ts'
import { noticeWords } from '#main/desktop/notice-words.ts'
import { Notifier } from '#main/desktop/notifier.ts'
import { explainStart, Questions } from '#main/desktop/questions.ts'
import { trayMenu } from '#main/desktop/tray-menu.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import { explain } from '#shared/errors/explain.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { safeJson, safeText } from '#shared/text/safe-text.ts'
import { UNSAFE, unsafeLeftIn } from '#test/kit/unsafe-text.ts'

const NAME = `a${UNSAFE}z`

const WAYS_OUT: Readonly<Record<string, () => string | Promise<string>>> = {
  'a message about an error': () =>
    explain({ code: 'settings-corrupt', atMs: 0, detail: NAME }, 'en').message +
    explain({ code: 'usage', atMs: 0, detail: NAME }, 'zh-CN').message,
  'the log': () => {
    const home = mkdtempSync(join(tmpdir(), 'feidi-unsafe-'))
    onTestFinished(() => rmSync(home, { recursive: true }))
    const log = openLog(home)
    const error = new TransferError('internal', { detail: NAME, logId: NAME })
    log.scope('rule').warn(NAME, { [NAME]: NAME, error, private: { path: NAME } })
    return readFileSync(log.file, 'utf8')
  },
  'an exported table': () => toCsv([[NAME]]).replace(/^\uFEFF|\r\n$/g, ''),
  'a notification': () => {
    let shown = ''
    class Notification {
      static isSupported = () => true
      constructor({ title, body }: { title: string; body: string }) {
        shown = title + body
      }
      on = () => this
      show() {}
    }
    const notifier = new Notifier({ Notification } as never)
    const one = { kind: 'batch-done', files: 1, bytes: 1, attention: 0 } as const
    notifier.show(noticeWords(one, 'en', NAME).title, NAME, () => {})
    return shown
  },
  'the menu of the tray': () =>
    trayMenu({ headline: NAME, moving: [{ id: 't', name: NAME }] } as never, 'en', {} as never)
      .map(({ label }) => label)
      .join(),
  'a question': async () => {
    const shown: string[] = []
    const dialog = {
      showMessageBox: async (_parent: object, { detail }: { detail: string }) => {
        shown.push(detail)
        return { response: 0 }
      },
      showErrorBox: (...words: string[]) => void shown.push(...words),
    }
    const window = async () => ({}) as never
    const questions = new Questions({ dialog: dialog as never, language: () => 'en', window })
    const buttons = ['understood'] as const
    const words = { type: 'error', message: 'fault', detail: 'faultDetail' } as const
    await questions.ask({ ...words, extra: NAME, buttons, onEscape: 'understood' })
    explainStart(dialog as never, 'en', new TransferError('settings-corrupt', { detail: NAME }))
    return shown.join('')
  },
}

describe('characters that command a terminal, break lines or turn the direction of writing', () => {
  it.each(Object.entries(WAYS_OUT))('%s', async (_what, said) => {
    const text = await said()
    expect(text).toContain('\\u001b')
    expect(text).toContain('\\u202e')
    expect(text).not.toContain('\n\\u000b')
    expect(unsafeLeftIn(text)).toEqual([])
  })

  it('show as their code points; all else stays as it is', () => {
    expect(safeText('a\u001b[2J\n报告 é\u202e.txt')).toBe('a\\u001b[2J\\u000a报告 é\\u202e.txt')
    expect(safeText('👩‍💻 שלום')).toBe('👩‍💻 שלום')
  })

  it('JSON reads back as it was', () => {
    expect(unsafeLeftIn(safeJson({ [NAME]: NAME }, 2))).toEqual([])
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        const all = { value, text, more: `${text}${UNSAFE}` }
        expect(JSON.parse(safeJson(all))).toEqual(JSON.parse(JSON.stringify(all)))
      }),
      { numRuns: 20 },
    )
  })
})

describe('a cell of a table', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠SUM(A1)'])(
    'that would be the formula %s is text',
    (cell) => {
      expect(toCsv([[cell]])).toContain(`'${cell}`)
    },
  )
})
