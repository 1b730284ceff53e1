import { randomBytes } from 'node:crypto'
import {
  mkdir,
  mkdtemp,
  realpath,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, it, type TestContext } from 'vitest'
import { FileLooks, type FileLooksOptions } from '#main/app/file-looks.ts'
import { Policy } from '#main/app/policy/policy.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { MOST_PICTURE_BYTES, MOST_TEXT_BYTES } from '#shared/model/look.ts'
import type { Transfer } from '#shared/model/transfer.ts'

async function openLooks(test: TestContext, options: Partial<FileLooksOptions> = {}) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'feidi-looks-')))
  test.onTestFinished(() => rm(root, { recursive: true, force: true }))
  const home = join(root, 'home')
  await mkdir(home)
  const queue = new Map<string, Transfer>()
  const looks = new FileLooks({
    home,
    stores: { transfers: { get: (id: string) => queue.get(id) } } as FileLooksOptions['stores'],
    surroundings: { admit: async (path) => path },
    policy: Policy.none,
    ...options,
  })
  return {
    ...{ root, home, looks },
    /** Queues a file, by its name as id. */
    async queued(name: string, content: string | Uint8Array, folder = root): Promise<Transfer> {
      const path = join(folder, name)
      await writeFile(path, content)
      const transfer = { id: name, path, realPath: path, fileName: basename(path) } as Transfer
      queue.set(name, transfer)
      return transfer
    },
  }
}

it('gives the bytes of a picture of the queue as they are', async (test) => {
  const { looks, queued } = await openLooks(test)
  const bytes = randomBytes(100_000)
  await queued('a.PNG', bytes)
  expect(Buffer.from((await looks.picture('a.PNG', 'row')) ?? [])).toEqual(bytes)
  // Many at once get their turns.
  const all = await Promise.all(Array.from({ length: 9 }, () => looks.picture('a.PNG', 'full')))
  expect(all.every((each) => each?.length === bytes.length)).toBe(true)
})

it('gives nothing else, and never says why to a list', async (test) => {
  const { looks, queued, root, home } = await openLooks(test)
  const [big, gone, swapped, secret] = await Promise.all([
    queued('big.jpg', ''),
    queued('gone.jpg', 'x'),
    queued('swapped.jpg', 'x'),
    queued('own.png', 'x', home),
    queued('page.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    queued('text.txt', 'x'),
    queued('folder.png', 'x'),
  ])
  await truncate(big.path, MOST_PICTURE_BYTES + 1)
  await rm(gone.path)
  await writeFile(join(root, 'private.txt'), 'secret')
  await rm(swapped.path)
  await symlink(join(root, 'private.txt'), swapped.path)
  await rename(join(root, 'folder.png'), join(root, 'was.png'))
  await mkdir(join(root, 'folder.png'))
  expect(secret.path.startsWith(home)).toBe(true)
  for (const id of [
    'none',
    'big.jpg',
    'gone.jpg',
    'swapped.jpg',
    'own.png',
    'page.svg',
    'text.txt',
    'folder.png',
  ]) {
    expect(await looks.picture(id, 'full'), id).toBeUndefined()
  }
})

it('reads nothing that the page may not send, and nothing that would have to be downloaded', async (test) => {
  const admit = async () => {
    throw new TransferError('folder-not-allowed')
  }
  const outside = await openLooks(test, { surroundings: { admit } })
  await outside.queued('a.png', 'x')
  expect(await outside.looks.picture('a.png', 'full')).toBeUndefined()
  const managed = await openLooks(test, {
    policy: Policy.parse('{"version":1,"exclude":["*.png"]}'),
  })
  await managed.queued('a.png', 'x')
  expect(await managed.looks.picture('a.png', 'full')).toBeUndefined()
  const cloud = await openLooks(test, { isPlaceholder: () => true })
  const away = await cloud.queued('a.png', 'x')
  expect(await cloud.looks.picture('a.png', 'row')).toBeUndefined()
  expect(await cloud.looks.look(away, 0)).toMatchObject({
    preview: 'none',
    reason: 'in-cloud',
    sizeBytes: 1,
  })
})

it('shows the beginning of a text, whatever its name and encoding', async (test) => {
  const { looks, queued } = await openLooks(test)
  const utf8 = await queued('a.log', '中'.repeat(MOST_TEXT_BYTES))
  const cut = await looks.look(utf8, 0)
  // The last of 65,536 bytes is the beginning of a character.
  expect(cut).toMatchObject({ preview: 'text', isCut: true, text: '中'.repeat(21_845) })
  const gb = await queued('说明', new Uint8Array([0xc4, 0xe3, 0xba, 0xc3, 0x0d, 0x0a]))
  expect(await looks.look(gb, 0)).toMatchObject({ preview: 'text', isCut: false, text: '你好\n' })
  const binary = await queued('a.bin', new Uint8Array([1, 0, 2]))
  expect(await looks.look(binary, 0)).toMatchObject({ preview: 'none', sizeBytes: 3, error: null })
})

it('shows no key, and says that a file is gone', async (test) => {
  const { looks, queued } = await openLooks(test)
  const key = await queued('id_rsa', '-----BEGIN OPENSSH PRIVATE KEY-----\n')
  expect(await looks.look(key, 0)).toMatchObject({ preview: 'none', text: '', reason: 'sensitive' })
  await rm(key.path)
  const gone = await looks.look(key, 0)
  expect(gone).toMatchObject({ sizeBytes: null, error: { code: 'source-missing' } })
})
