import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileSources } from '#main/engine/source.ts'
import { sameFingerprint } from '#shared/transfer/fingerprint-of.ts'

const sources = fileSources()

let folder: string
let path: string
/** Another folder, with a file of the same name that is not to be sent. */
let outside: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'feidi-source-'))
  path = join(folder, '报告.bin')
  writeFileSync(path, 'one two three four')
  outside = mkdtempSync(join(tmpdir(), 'feidi-outside-'))
  writeFileSync(join(outside, '报告.bin'), 'secret bytes nobody')
})

afterEach(() => {
  chmodSync(folder, 0o700)
  for (const made of [folder, outside]) rmSync(made, { recursive: true, force: true })
})

const onUnix = it.skipIf(process.platform === 'win32')

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return 'done'
  } catch (error) {
    return (error as { code?: unknown }).code ?? error
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

describe('inspect', () => {
  it('takes the fingerprint of a file', async () => {
    const fingerprint = await sources.inspect({ path })
    expect(fingerprint.sizeBytes).toBe(18)
    expect(sameFingerprint(fingerprint, await sources.inspect({ path }))).toBe(true)
    for (const text of [fingerprint.ino, fingerprint.mtimeNs, fingerprint.ctimeNs]) {
      expect(text).toMatch(/^\d+$/)
    }
  })

  it('tells versions apart by nanoseconds', async () => {
    const before = await sources.inspect({ path })
    utimesSync(path, new Date(), Number(before.mtimeNs) / 1e9 + 0.000_5)
    expect(sameFingerprint(before, await sources.inspect({ path }))).toBe(false)
  })

  it('is of the file that a link leads to', async () => {
    const link = join(folder, 'link')
    symlinkSync(path, link)
    expect(await sources.inspect({ path: link })).toEqual(await sources.inspect({ path }))
  })

  it.each([
    ['nothing', () => join(folder, 'nothing'), 'source-missing'],
    ['something below a file', () => join(path, 'x'), 'source-missing'],
    ['a folder', () => folder, 'source-is-directory'],
    [
      'a name too long for any file system',
      () => join(folder, 'x'.repeat(5_000)),
      'source-path-too-long',
    ],
    ['a NUL in the name', () => `${path}\u0000`, 'source-io-error'],
  ])('%s', async (_, place, code) => {
    expect(await codeOf(sources.inspect({ path: place() }))).toBe(code)
  })

  onUnix.each([
    ['a link to nothing', (at: string) => symlinkSync(join(folder, 'gone'), at), 'source-missing'],
    ['a link to itself', (at: string) => symlinkSync(at, at), 'source-not-a-file'],
    ['a pipe', (at: string) => execFileSync('mkfifo', [at]), 'source-not-a-file'],
    ['a device', (at: string) => symlinkSync('/dev/null', at), 'source-not-a-file'],
  ])('%s', async (_, make, code) => {
    const at = join(folder, 'odd')
    make(at)
    expect(await codeOf(sources.inspect({ path: at }))).toBe(code)
  })

  onUnix('a file that may not be read', () => {
    chmodSync(path, 0o000)
    chmodSync(folder, 0o755)
    // Root may read every file, so another user must try.
    const isRoot = process.getuid?.() === 0
    const source = new URL('../../../main/engine/source.ts', import.meta.url)
    const script = `import(${JSON.stringify(source.href)}).then(({ fileSources }) =>
      fileSources().inspect({ path: process.argv[1] }).then(() => 'done', (error) => error.code)
    ).then((code) => process.stdout.write(String(code)), (error) => process.stderr.write(String(error)))`
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script, path], {
      encoding: 'utf8',
      ...(isRoot && { uid: 65_534, gid: 65_534 }),
    })
    expect([stdout, stderr]).toEqual(['source-unreadable', ''])
  })
})

describe('a file that was chosen', () => {
  const chosen = async () => ({ path, realPath: realpathSync(path) })

  onUnix.each([
    [
      'itself is swapped for a link',
      () => {
        renameSync(path, join(folder, 'moved'))
        symlinkSync(join(outside, '报告.bin'), path)
      },
    ],
    [
      'lies in a folder that is',
      () => {
        renameSync(folder, join(outside, 'moved'))
        symlinkSync(outside, folder)
      },
    ],
  ])('%s: nothing is read through it', async (_, swap) => {
    const file = await chosen()
    const expected = await sources.inspect(file)
    swap()
    expect(await codeOf(sources.inspect(file))).toBe('source-redirected')
    const into = new Uint8Array(6)
    expect(await codeOf(sources.read(file, expected, 0, into))).toBe('source-redirected')
    expect(textOf(into)).toBe('\0'.repeat(6))
  })

  onUnix('by way of a link is the one that it led to then', async () => {
    const link = join(folder, 'link')
    symlinkSync(path, link)
    const file = { path: link, realPath: realpathSync(link) }
    rmSync(link)
    symlinkSync(join(outside, '报告.bin'), link)
    const into = new Uint8Array(3)
    await sources.read(file, await sources.inspect(file), 0, into)
    expect(textOf(into)).toBe('one')
  })

  it('and was moved away is missing, not redirected', async () => {
    const file = await chosen()
    renameSync(path, join(folder, 'moved'))
    expect(await codeOf(sources.inspect(file))).toBe('source-missing')
  })

  onUnix.each([
    ['its own path', (secret: string) => secret],
    [
      'a link',
      (secret: string) => {
        const link = join(folder, 'link')
        symlinkSync(secret, link)
        return link
      },
    ],
    [
      'a second name',
      (secret: string) => {
        const twin = join(folder, 'twin')
        linkSync(secret, twin)
        return twin
      },
    ],
  ])('is never read from the home: by %s', async (_, way) => {
    const home = join(folder, 'home')
    mkdirSync(join(home, 'accounts'), { recursive: true })
    const secret = join(home, 'accounts/token')
    writeFileSync(secret, 'secret')
    const guarded = fileSources(home)
    expect(await codeOf(guarded.inspect({ path: way(secret) }))).toBe('source-own-state')
    expect(await guarded.inspect({ path })).toMatchObject({ sizeBytes: 18 })
  })

  it('is read from the home where a browser has sent it there', async () => {
    const home = join(folder, 'home')
    mkdirSync(join(home, 'spool'), { recursive: true })
    const sent = join(home, 'spool/1')
    writeFileSync(sent, 'sent')
    expect(await fileSources(home).inspect({ path: sent })).toMatchObject({ sizeBytes: 4 })
  })
})

describe('read', () => {
  it('fills the buffer from the start given', async () => {
    const into = new Uint8Array(3)
    await sources.read({ path }, await sources.inspect({ path }), 4, into)
    expect(textOf(into)).toBe('two')
  })

  it('reads nothing of an empty range', async () => {
    await sources.read({ path }, await sources.inspect({ path }), 18, new Uint8Array(0))
  })

  it.each([
    ['appended to', () => appendFileSync(path, '!')],
    ['cut short', () => truncateSync(path, 5)],
    ['emptied', () => truncateSync(path, 0)],
    ['written anew with the same length', () => writeFileSync(path, 'eno owt eerht ruof')],
    ['touched', () => utimesSync(path, 1, 1)],
    [
      'replaced by another of the same length and time',
      () => {
        const other = join(folder, 'other')
        writeFileSync(other, 'eno owt eerht ruof')
        utimesSync(path, 1, 1)
        utimesSync(other, 1, 1)
        renameSync(other, path)
      },
    ],
  ])('notices a file that was %s', async (_, change) => {
    const expected = await sources.inspect({ path })
    change()
    expect(await codeOf(sources.read({ path }, expected, 0, new Uint8Array(18)))).toBe(
      'source-changed',
    )
  })

  it('notices a link that leads elsewhere now', async () => {
    const link = join(folder, 'link')
    const other = join(folder, 'other')
    writeFileSync(other, 'one two three four')
    symlinkSync(path, link)
    const expected = await sources.inspect({ path: link })
    rmSync(link)
    symlinkSync(other, link)
    expect(await codeOf(sources.read({ path: link }, expected, 0, new Uint8Array(3)))).toBe(
      'source-changed',
    )
  })

  it('notices a file that ends before the range does', async () => {
    const expected = await sources.inspect({ path })
    expect(await codeOf(sources.read({ path }, expected, 10, new Uint8Array(9)))).toBe(
      'source-changed',
    )
  })

  it('notices a change between the beginning of a read and its end', async () => {
    const big = Buffer.alloc(64 * 1024 * 1024, 1)
    writeFileSync(path, big)
    const expected = await sources.inspect({ path })
    const into = new Uint8Array(big.length)
    const reading = codeOf(sources.read({ path }, expected, 0, into))
    // Whenever it strikes, before, while or after the bytes are read: either all of it is of one
    // version, or the read fails.
    for (let write = 0; write < 20; write++) {
      await new Promise((resolve) => setImmediate(resolve))
      appendFileSync(path, 'x')
    }
    const code = await reading
    if (code === 'done') expect(Buffer.compare(into, big)).toBe(0)
    else expect(code).toBe('source-changed')
  })

  it('says that a file is gone', async () => {
    const expected = await sources.inspect({ path })
    rmSync(path)
    expect(await codeOf(sources.read({ path }, expected, 0, new Uint8Array(1)))).toBe(
      'source-missing',
    )
  })

  it('says that a folder has taken its place', async () => {
    const expected = await sources.inspect({ path })
    rmSync(path)
    mkdirSync(path)
    expect(await codeOf(sources.read({ path }, expected, 0, new Uint8Array(1)))).not.toBe('done')
  })

  onUnix('is not caught in a pipe that has taken its place', { timeout: 5_000 }, async () => {
    const expected = await sources.inspect({ path })
    rmSync(path)
    execFileSync('mkfifo', [path])
    expect(await codeOf(sources.read({ path }, expected, 0, new Uint8Array(1)))).toBe(
      'source-changed',
    )
  })

  it('leaves no file open, whatever happens', async () => {
    const expected = await sources.inspect({ path })
    appendFileSync(path, '!')
    // Far more than the number of files a process may have open, if they were left.
    for (let read = 0; read < 3_000; read++) {
      expect(await codeOf(sources.read({ path }, expected, 0, new Uint8Array(1)))).toBe(
        'source-changed',
      )
    }
  })
})
