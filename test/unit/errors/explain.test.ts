import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { explain } from '#shared/errors/explain.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
import { t } from '#shared/text/t.ts'

function info(code: ErrorCode, more: Partial<ErrorInfo> = {}): ErrorInfo {
  return { code, atMs: 1_700_000_000_000, ...more }
}

describe('explain', () => {
  it('says what happened, what to do and whose turn it is', () => {
    expect(explain(info(1062507), 'en')).toEqual({
      message: 'The destination folder has reached its limit of 1,500 items.',
      remedy:
        'Choose another folder, or move some of its items into subfolders in Feishu, then retry.',
      actor: 'you',
    })
    expect(explain(info(1062507), 'zh-CN').message).toBe('目标文件夹已达 1500 项的上限。')
  })

  it('names the missing scopes when the answer told them', () => {
    const missingScopes = ['drive:drive', 'drive:file', 'drive:file:upload']
    const failure = info(99991672, { missingScopes })
    expect(explain(failure, 'en')).toMatchObject({
      message:
        'The app lacks a scope it needs: drive:file:upload (recommended: it grants the least) or drive:drive, drive:file.',
      actor: 'admin',
    })
    expect(explain(failure, 'zh-CN').message).toBe(
      '应用缺少所需的权限：drive:file:upload（推荐，权限最小）或 drive:drive、drive:file。',
    )
    for (const none of [info(99991672), info(99991672, { missingScopes: [] })]) {
      expect(explain(none, 'en').message).toBe('The app lacks a scope it needs.')
    }
  })

  it.each([
    [undefined, 'No action needed: Feidi continues automatically.'],
    [4, 'No action needed: Feidi continues automatically in 4 s.'],
    [3.2, 'No action needed: Feidi continues automatically in 4 s.'],
    [0, 'No action needed: Feidi continues automatically in 1 s.'],
    [-5, 'No action needed: Feidi continues automatically in 1 s.'],
    [Number.NaN, 'No action needed: Feidi continues automatically.'],
    [Number.POSITIVE_INFINITY, 'No action needed: Feidi continues automatically.'],
  ])('says how long it waits when it knows: %s', (seconds, remedy) => {
    const options = seconds === undefined ? {} : { seconds }
    expect(explain(info(99991400), 'en', options).remedy).toBe(remedy)
  })

  it('fits a detail into its sentence', () => {
    const usage = (detail: string) => explain(info('usage', { detail }), 'en').message
    expect(usage('unknown option --fast.\n')).toBe(
      'The command or a setting is not written correctly: unknown option --fast.',
    )
    expect(usage(' a\n b。.\r\n ')).toBe(
      'The command or a setting is not written correctly: a\\u000a b.',
    )
    expect(usage('  \n')).toBe('The command or a setting is not written correctly.')
  })

  it('does not promise to go on by itself once Feidi has stopped trying', () => {
    for (const code of [1061001, 1061045, 'connection-lost', 'http-error', 4242] as const) {
      const failure = info(code, { httpStatus: 503 })
      expect(explain(failure, 'en')).toMatchObject({ actor: 'wait' })
      const final = explain(failure, 'en', { final: true })
      expect(final.actor).toBe('you')
      expect(final.remedy).not.toMatch(/No action needed|automatically/)
    }
    expect(explain(info(1061045), 'zh-CN', { final: true }).remedy).toBe(
      t('zh-CN', 'failure.tryAgain'),
    )
  })

  it('keeps to the remedy of a code that was never going to pass by itself', () => {
    expect(explain(info(1061004), 'en', { final: true })).toEqual(explain(info(1061004), 'en'))
    expect(explain(info(99991672), 'en', { final: true }).actor).toBe('admin')
  })
})
