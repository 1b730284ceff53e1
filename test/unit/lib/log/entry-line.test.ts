import { describe, expect, it } from 'vitest'
import { withoutPrivate } from '#main/lib/log/entry-line.ts'

describe('withoutPrivate', () => {
  it.each([
    ['nothing to leave out', 'T info  call x', 'T info  call x'],
    ['facts stay', 'T info  call x {"ms":1}', 'T info  call x {"ms":1}'],
    ['words go', 'T warn  call x {"ms":1,"private":{"path":"/a {b"}}', 'T warn  call x {"ms":1}'],
    ['only words', 'T warn  call x {"private":{"path":"/a"}}', 'T warn  call x'],
    ['cut short', 'T warn  call x {"private":{"path":"/a', 'T warn  call x'],
  ])('%s', (_what, line, shown) => {
    expect(withoutPrivate(line)).toBe(shown)
  })
})
