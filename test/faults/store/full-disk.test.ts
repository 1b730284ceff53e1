import { execFileSync } from 'node:child_process'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import type { Stores } from '#main/store/open-stores.ts'
import { openStores } from '#main/store/open-stores.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { openSettings } from '#main/store/settings-file.ts'
import { openTokenVault } from '#main/store/token-vault.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import {
  aNewTransfer,
  aPart,
  aTransaction,
  codeThrownBy,
  makeTempFolder,
  openTempStores,
} from '#test/unit/store/store-kit.ts'

const PAGE = { offset: 0, limit: 100_000 }

/** Calls until one fails; returns how many succeeded and the failure's code. */
function untilFailure(
  most: number,
  call: (index: number) => void,
): { succeeded: number; code: unknown } {
  for (let index = 0; index < most; index += 1) {
    try {
      call(index)
    } catch (error) {
      if (error instanceof TransferError) return { succeeded: index, code: error.code }
      throw error
    }
  }
  return { succeeded: most, code: undefined }
}

function startOne({ transfers }: Stores): string {
  const [transfer] = transfers.enqueue([aNewTransfer('a.bin')], 'b1', 1)
  const id = transfer?.id ?? ''
  transfers.openTransaction(id, aTransaction())
  return id
}

describe('a database that may not grow', () => {
  it('says so, keeps what it has and goes on when there is room', () => {
    const home = makeTempFolder()
    const { transfers, memos, close } = openTempStores(home, { maxPages: 80 })
    const chunk = (index: number) =>
      Array.from({ length: 20 }, (_, item) => aNewTransfer(`${index}-${item}`))
    const { succeeded, code } = untilFailure(1_000, (index) => {
      transfers.enqueue(chunk(index), 'b1', 1)
    })
    expect(code).toBe('disk-full')
    expect(succeeded).toBeGreaterThan(0)
    expect(transfers.counts({}).byState.queued).toBe(succeeded * 20)
    expect(transfers.list({}, PAGE)).toHaveLength(succeeded * 20)
    expect(codeThrownBy(() => memos.remember('big', 'x'.repeat(100_000)))).toBe('disk-full')
    close()
    const reopened = openTempStores(home, { wasUnclean: true }).transfers
    reopened.enqueue(chunk(succeeded), 'b1', 1)
    expect(reopened.counts({}).byState.queued).toBe((succeeded + 1) * 20)
  })

  it('leaves nothing behind that would pass for a queue when it can not even be made', () => {
    const home = makeTempFolder()
    for (let maxPages = 1; maxPages < 120; maxPages += 1) {
      const { code } = untilFailure(1, () => openStores(home, { maxPages }).close())
      if (code === undefined) return
      expect(code, `${maxPages} pages`).toBe('disk-full')
    }
    throw new Error('it never fitted')
  })
})

/** A file system of that size, in memory; undefined where this is not possible. */
function mountSmallDisk(size: string): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const folder = makeTempFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], {
      stdio: 'ignore',
    })
  } catch {
    return undefined
  }
  // Registered after the folder's removal, hence run before it.
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]))
  return folder
}

describe('a disk that is full', () => {
  it('stops at an acknowledgement, loses none, and goes on when there is room', (context) => {
    const home = mountSmallDisk('700k')
    if (home === undefined) return context.skip('needs root on Linux')
    const stores = openTempStores(home)
    const id = startOne(stores)
    const acknowledge = (seq: number) => stores.transfers.acknowledgePart(id, aPart(seq))
    const { succeeded, code } = untilFailure(10_000, acknowledge)
    expect(code).toBe('disk-full')
    expect(stores.transfers.acknowledgedParts(id)).toHaveLength(succeeded)
    expect(codeThrownBy(() => acknowledge(succeeded))).toBe('disk-full')

    execFileSync('mount', ['-o', 'remount,size=8m', home])
    acknowledge(succeeded)
    expect(stores.transfers.acknowledgedParts(id)).toHaveLength(succeeded + 1)
    stores.close()
    expect(openTempStores(home).transfers.acknowledgedParts(id)).toHaveLength(succeeded + 1)
  })

  it('is named as such wherever it bites first', (context) => {
    for (const size of ['4k', '8k', '16k', '40k', '100k', '160k', '220k']) {
      const home = mountSmallDisk(size)
      if (home === undefined) return context.skip('needs root on Linux')
      const attempt = untilFailure(1, () => {
        const stores = openStores(home)
        try {
          const id = startOne(stores)
          const { code } = untilFailure(10_000, (seq) =>
            stores.transfers.acknowledgePart(id, aPart(seq)),
          )
          throw new TransferError(code === 'disk-full' ? 'disk-full' : 'internal')
        } finally {
          stores.close()
        }
      })
      expect(attempt.code, size).toBe('disk-full')
    }
  })
})

/** Takes all of a small disk but so many bytes; what is returned gives them back. */
function fill(home: string, leftBytes: number): () => void {
  const { bavail, bsize } = statfsSync(home)
  const file = join(home, 'filler')
  writeFileSync(file, Buffer.alloc(bavail * bsize - leftBytes))
  return () => rmSync(file)
}

describe('secrets on a disk that is full', () => {
  it('are not replaced by half of the new ones', async (context) => {
    const home = mountSmallDisk('400k')
    if (home === undefined) return context.skip('needs root on Linux')
    const vault = openTokenVault(home, 'user:ou_li', keyFileBox(home))
    const tokens = (sign: string) => ({
      accessToken: sign.repeat(8_192),
      refreshToken: sign.repeat(8_192),
      lifeMs: 7_200_000,
      askedAtMs: 1,
      clockOffsetMs: 0,
      scopes: [],
    })
    await vault.write(tokens('a'))
    const makeRoom = fill(home, 8_192)
    await expect(vault.write(tokens('b'))).rejects.toMatchObject({ code: 'disk-full' })
    expect(await vault.read()).toEqual(tokens('a'))
    makeRoom()
    await vault.write(tokens('b'))
    expect(await vault.read()).toEqual(tokens('b'))
  })
})

describe('settings on a disk that is full', () => {
  it('stay as they were, and say so', (context) => {
    const home = mountSmallDisk('400k')
    if (home === undefined) return context.skip('needs root on Linux')
    const settings = openSettings(home)
    const put = (text: string) => settings.change('note', z.string().default(''), () => text)
    const before = 'a'.repeat(16_384)
    put(before)
    for (const leftBytes of [0, 8_192, 16_384]) {
      const makeRoom = fill(home, leftBytes)
      expect(codeThrownBy(() => put('b'.repeat(16_384)))).toBe('disk-full')
      expect(settings.read('note', z.string())).toBe(before)
      makeRoom()
    }
    put('')
    expect(settings.read('note', z.string())).toBe('')
  })
})
