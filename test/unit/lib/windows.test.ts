/** Files as Windows has them. The tables hold on every system; what only Windows can do is run there. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileSources } from '#main/engine/source.ts'
import { diskMeaning } from '#main/lib/errno.ts'
import { isPlaceholder } from '#main/lib/placeholder.ts'
import { Patterns } from '#main/watch/scan/patterns.ts'
import { DEFAULT_EXCLUDES } from '#shared/model/default-excludes.ts'
import { tempFolder } from '../watch/watch-kit.ts'

const isWindows = process.platform === 'win32'
const failed = (code: string) => Object.assign(new Error(code), { code })

describe('a file that cannot be opened', () => {
  it.each([
    ['EBUSY', 'busy', 'busy', 'open in Outlook or Excel (ERROR_SHARING_VIOLATION)'],
    [
      'EPERM',
      'busy',
      'forbidden',
      'held by a virus scanner, or being deleted (ERROR_ACCESS_DENIED)',
    ],
    ['EACCES', 'forbidden', 'forbidden', 'closed to this person'],
    ['UNKNOWN', 'away', 'away', 'in a cloud that does not answer (ERROR_CLOUD_FILE_…)'],
    ['ENAMETOOLONG', 'too-long', 'too-long', 'below too many folders'],
    ['ENOENT', 'vanished', 'vanished', 'not there'],
  ] as const)('%s: %s on Windows, %s elsewhere: %s', (errno, onWindows, elsewhere, _what) => {
    expect(diskMeaning(failed(errno), 'win32')).toBe(onWindows)
    expect(diskMeaning(failed(errno), 'linux')).toBe(elsewhere)
  })
})

describe('names of devices', () => {
  const excludes = new Patterns(DEFAULT_EXCLUDES)
  it.each(['CON', 'nul', 'Aux', 'com1', 'LPT9'])('%s is left out of watched folders', (name) => {
    expect(excludes.matches(name, false)).toBe(true)
  })
  it.each(['CONTRACT', 'COM10', 'null.txt', 'my CON'])('%s is not', (name) => {
    expect(excludes.matches(name, false)).toBe(false)
  })
})

it('a placeholder of OneDrive is told by its size and blocks, without opening it', () => {
  const stats = { size: 10_000_000n, blocks: 0n }
  expect(isPlaceholder(stats, 'win32')).toBe(true)
  expect(isPlaceholder({ ...stats, blocks: 19_536n }, 'win32')).toBe(false)
})

it('a path of more than 260 characters is read', async () => {
  const folder = join(tempFolder(), ...Array.from({ length: 6 }, (_, at) => `${at}`.repeat(50)))
  mkdirSync(folder, { recursive: true })
  const path = join(folder, '合同.txt')
  writeFileSync(path, 'content')
  expect(path.length).toBeGreaterThan(260)
  const into = new Uint8Array(7)
  const sources = fileSources()
  await sources.read({ path }, await sources.inspect({ path }), 0, into)
  expect(Buffer.from(into).toString()).toBe('content')
})

it('a file behind a junction is read where it was chosen', async () => {
  const root = tempFolder()
  mkdirSync(join(root, 'real'))
  writeFileSync(join(root, 'real', 'a.txt'), 'content')
  // Elsewhere it is a link like any other.
  symlinkSync(join(root, 'real'), join(root, 'junction'), 'junction')
  const found = await fileSources().inspect({ path: join(root, 'junction', 'a.txt') })
  expect(found.sizeBytes).toBe(7)
})

it.skipIf(!isWindows)('a file that a program keeps for itself is busy, and not lost', async () => {
  const path = join(tempFolder(), 'mail.pst')
  writeFileSync(path, 'content')
  const script = `$f = [IO.File]::Open('${path}', 'Open', 'ReadWrite', 'None'); 'held'; [Console]::In.ReadLine()`
  const holder = spawn('powershell.exe', ['-NoProfile', '-Command', script])
  try {
    await once(holder.stdout, 'data')
    await expect(fileSources().inspect({ path })).rejects.toMatchObject({ code: 'source-busy' })
  } finally {
    holder.stdin.end('\n')
    await once(holder, 'exit')
  }
  expect((await fileSources().inspect({ path })).sizeBytes).toBe(7)
})
