import { EventEmitter } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { logEngine } from '#main/app/log-work.ts'
import type { Engine } from '#main/engine/engine.ts'
import { withoutPrivate } from '#main/lib/log/entry-line.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'

it('what another person may read of the log names no file and no place in Feishu', (test) => {
  const home = mkdtempSync(join(tmpdir(), 'feidi-log-'))
  test.onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const log = openLog(home)
  const events = new EventEmitter()
  logEngine({ events } as unknown as Engine, log)
  const transfer = { id: 'T1', sizeBytes: 5 }
  const notes = [
    { kind: 'kept-both', because: 'in-use', heldBy: '/home/li/geheim.txt' },
    { kind: 'maybe-twice', documents: ['https://t.feishu.cn/docx/geheim'] },
  ]
  for (const note of notes) events.emit('note', { transfer, note })
  const error: ErrorInfo = {
    code: 1061004,
    atMs: 0,
    link: 'https://open.feishu.cn/app/geheim/auth',
    candidates: [{ fileToken: 'geheim', url: 'https://t.feishu.cn/file/geheim' }],
  }
  events.emit('transfer', { ...transfer, state: { kind: 'blocked', error } })

  const lines = readFileSync(log.file, 'utf8').trimEnd().split('\n')
  const shown = lines.map(withoutPrivate)
  expect(lines.every((line) => line.includes('geheim'))).toBe(true)
  expect(shown.join('\n')).not.toContain('geheim')
  expect(shown[0]).toMatch(/engine transfer kept-both \{"id":"T1","because":"in-use"\}$/)
})
