import { beforeEach, describe, expect, it } from 'vitest'
import { FolderMirror } from '#main/destination/folder-mirror.ts'
import {
  type CallContext,
  type FolderCalls,
  type FolderStore,
  OutcomeUnknown,
  type RemoteFile,
} from '#main/engine/ports.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'

const ROOT = { kind: 'folder', folderToken: 'root' } as const
const never = new AbortController().signal
const CONTEXT: CallContext = { rank: 0, stopping: never, aborted: never, onHold: () => {} }

/** Drive's folders as a script: every call takes a moment, and may be told to go wrong. */
class ScriptedFolders implements FolderCalls {
  readonly children = new Map<string, RemoteFile[]>([['root', []]])
  readonly log: string[] = []
  /** Taken one by one by the calls to come: what happens instead of, or after, the usual. */
  readonly mishaps: ('lost' | 'lost-but-made' | 'made-later' | ErrorCode)[] = []
  readonly #clock: FakeClock
  #made = 0

  constructor(clock: FakeClock) {
    this.#clock = clock
  }

  async listFolder(folderToken: string): Promise<RemoteFile[]> {
    this.log.push(`list ${folderToken}`)
    await this.#clock.sleep(50)
    return [...this.#folder(folderToken)]
  }

  async createFolder(parentToken: string, name: string): Promise<{ token: string }> {
    this.log.push(`create ${parentToken}/${name}`)
    await this.#clock.sleep(50)
    const mishap = this.mishaps.shift()
    if (mishap === 'lost') throw lostAnswer()
    if (mishap === 'made-later') {
      void this.#clock.sleep(2_000).then(() => this.add(parentToken, name))
      throw lostAnswer()
    }
    if (mishap !== undefined && mishap !== 'lost-but-made') throw new TransferError(mishap)
    const token = this.add(parentToken, name)
    if (mishap === 'lost-but-made') throw lostAnswer()
    return { token }
  }

  /** Makes a folder, as a person does by hand. */
  add(parentToken: string, name: string, type = 'folder'): string {
    const token = `t${++this.#made}`
    this.#folder(parentToken).push({ token, name, type })
    if (type === 'folder') this.children.set(token, [])
    return token
  }

  /** Deletes a folder, and with it all below. */
  remove(token: string): void {
    for (const child of this.children.get(token) ?? []) this.remove(child.token)
    this.children.delete(token)
    for (const [parent, files] of this.children) {
      this.children.set(
        parent,
        files.filter((file) => file.token !== token),
      )
    }
  }

  namesIn(token: string): string[] {
    return (this.children.get(token) ?? []).map(({ name }) => name)
  }

  #folder(token: string): RemoteFile[] {
    const files = this.children.get(token)
    if (files === undefined) throw new TransferError(1061007)
    return files
  }
}

class MemoryFolders implements FolderStore {
  readonly known = new Map<string, string>()

  folderToken(identity: string, parentToken: string, name: string): string | undefined {
    return this.known.get(JSON.stringify([identity, parentToken, name]))
  }

  saveFolder(identity: string, parentToken: string, name: string, token: string): void {
    this.known.set(JSON.stringify([identity, parentToken, name]), token)
  }

  wasMade(): boolean {
    return false
  }

  forgetFolder(identity: string, token: string): void {
    for (const [key, known] of this.known) {
      const [owner, parent] = JSON.parse(key)
      if (owner !== identity || !this.known.has(key)) continue
      if (known === token) this.known.delete(key)
      else if (parent === token) this.forgetFolder(identity, known)
    }
  }
}

function lostAnswer() {
  return new OutcomeUnknown(new TransferError('connection-lost'))
}

let clock: FakeClock
let drive: ScriptedFolders
let folders: MemoryFolders

function open(identity = 'me') {
  const copies = { inFolder: () => [], missed: () => {} }
  return new FolderMirror({ calls: drive, folders, copies, clock, identity })
}

function resolve(mirror: FolderMirror, ...remoteFolders: string[]) {
  return mirror.resolve(ROOT, remoteFolders, CONTEXT)
}

beforeEach(() => {
  clock = new FakeClock()
  drive = new ScriptedFolders(clock)
  folders = new MemoryFolders()
})

describe('resolve', () => {
  it('needs no call for the destination itself', async () => {
    const mirror = open()
    expect(await resolve(mirror)).toEqual({
      family: 'files',
      parentType: 'explorer',
      parentNode: 'root',
    })
    expect(drive.log).toEqual([])
  })

  it('looks before it makes, outermost first', async () => {
    await clock.runUntil(resolve(open(), 'a', 'b'))
    expect(drive.log).toEqual(['list root', 'create root/a', 'create t1/b'])
  })

  it('takes a folder that is there', async () => {
    const token = drive.add('root', 'a')
    expect(await clock.runUntil(resolve(open(), 'a'))).toMatchObject({ parentNode: token })
    expect(drive.log).toEqual(['list root'])
  })

  it('does not take a file for a folder', async () => {
    drive.add('root', 'a', 'file')
    drive.add('root', 'a', 'shortcut')
    await clock.runUntil(resolve(open(), 'a'))
    expect(drive.log).toContain('create root/a')
  })

  it('asks nothing twice, in this process or the next', async () => {
    const first = open()
    await clock.runUntil(resolve(first, 'a', 'b'))
    const { length } = drive.log
    await clock.runUntil(resolve(first, 'a', 'b'))
    await clock.runUntil(resolve(open(), 'a', 'b'))
    expect(drive.log).toHaveLength(length)
  })

  it('remembers for one identity only: another may see other folders', async () => {
    await clock.runUntil(resolve(open('me'), 'a'))
    drive.log.splice(0)
    await clock.runUntil(resolve(open('you'), 'a'))
    expect(drive.log).toEqual(['list root'])
  })

  it('makes a folder once when many need it at the same time', async () => {
    const mirror = open()
    const points = await clock.runUntil(
      Promise.all(Array.from({ length: 20 }, () => resolve(mirror, 'a', 'b'))),
    )
    expect(new Set(points.map(({ parentNode }) => parentNode)).size).toBe(1)
    expect(drive.log).toEqual(['list root', 'create root/a', 'create t1/b'])
  })

  it('looks again before making one when the last look was a while ago', async () => {
    const mirror = open()
    await clock.runUntil(resolve(mirror, 'a'))
    const byHand = drive.add('root', 'b')
    await clock.advance(60_000)
    expect(await clock.runUntil(resolve(mirror, 'b'))).toMatchObject({ parentNode: byHand })
  })

  it('fails for one, and works for the next', async () => {
    drive.mishaps.push(1062507)
    const mirror = open()
    const failing = resolve(mirror, 'a')
    const next = resolve(mirror, 'b')
    await expect(clock.runUntil(failing)).rejects.toMatchObject({ code: 1062507 })
    await clock.runUntil(next)
    expect(drive.namesIn('root')).toEqual(['b'])
  })
})

describe('names', () => {
  it('finds a folder whose name Drive has decomposed', async () => {
    const token = drive.add('root', 'Résumé'.normalize('NFD'))
    expect(await clock.runUntil(resolve(open(), 'Résumé'.normalize('NFC')))).toMatchObject({
      parentNode: token,
    })
  })

  it('finds and makes the same folder for a name that is decomposed here', async () => {
    const mirror = open()
    const [nfd, nfc] = await clock.runUntil(
      Promise.all([
        resolve(mirror, 'Résumé'.normalize('NFD')),
        resolve(mirror, 'Résumé'.normalize('NFC')),
      ]),
    )
    expect(nfd).toEqual(nfc)
    expect(drive.namesIn('root')).toEqual(['Résumé'.normalize('NFC')])
  })

  it('tells names apart that differ in case or in spaces', async () => {
    const mirror = open()
    await clock.runUntil(Promise.all(['a', 'A', 'a '].map((name) => resolve(mirror, name))))
    expect(drive.namesIn('root').sort()).toEqual(['A', 'a', 'a '])
  })
})

describe('a lost answer to create_folder', () => {
  it('is looked up: the folder was made', async () => {
    drive.mishaps.push('lost-but-made')
    const { parentNode } = await clock.runUntil(resolve(open(), 'a'))
    expect(drive.namesIn('root')).toEqual(['a'])
    expect(parentNode).toBe('t1')
  })

  it('is looked up: it was not made, and is made now', async () => {
    drive.mishaps.push('lost')
    await clock.runUntil(resolve(open(), 'a', 'b'))
    expect(drive.namesIn('root')).toEqual(['a'])
  })

  it('is looked up more than once: a listing may lag behind', async () => {
    drive.mishaps.push('made-later')
    await clock.runUntil(resolve(open(), 'a'))
    await clock.advance(60_000)
    expect(drive.namesIn('root')).toEqual(['a'])
  })

  it('again and again: comes to an end with the reason', async () => {
    drive.mishaps.push(...Array.from({ length: 50 }, () => 'lost' as const))
    const work = clock.runUntil(resolve(open(), 'a'))
    await expect(work).rejects.toMatchObject({ code: 'connection-lost' })
    const created = drive.log.filter((line) => line.startsWith('create'))
    expect(created.length).toBeLessThanOrEqual(5)
  })

  it('is still looked up by the next who needs it, when the first was stopped', async () => {
    drive.mishaps.push('made-later')
    const mirror = open()
    const stop = new AbortController()
    const context = { ...CONTEXT, stopping: stop.signal }
    const first = mirror.resolve(ROOT, ['a'], context)
    first.catch(() => {})
    await clock.advance(200)
    stop.abort(new Error('stop'))
    await clock.advance(5_000)
    await clock.runUntil(resolve(mirror, 'a'))
    expect(drive.namesIn('root')).toEqual(['a'])
  })

  it('is not waited for after a stop', async () => {
    drive.mishaps.push('lost')
    const stop = new AbortController()
    const context = { ...CONTEXT, stopping: stop.signal }
    const work = open().resolve(ROOT, ['a'], context)
    work.catch(() => {})
    await clock.advance(200)
    stop.abort(new Error('stop'))
    await expect(clock.runUntil(work)).rejects.toThrow('stop')
  })
})

describe('forget', () => {
  it('finds or makes anew what is gone, and what is above it', async () => {
    const mirror = open()
    const point = await clock.runUntil(resolve(mirror, 'a', 'b', 'c'))
    drive.remove('t1')
    await mirror.forget({ destination: ROOT, remoteFolders: ['a', 'b', 'c'] }, point)
    const again = await clock.runUntil(resolve(mirror, 'a', 'b', 'c'))
    expect(again.parentNode).not.toBe(point.parentNode)
    expect(drive.namesIn('root')).toEqual(['a'])
  })

  it('keeps what another transfer has made anew meanwhile', async () => {
    const mirror = open()
    const transfer = { destination: ROOT, remoteFolders: ['a'] }
    const gone = await clock.runUntil(resolve(mirror, 'a'))
    drive.remove(gone.parentNode)
    await mirror.forget(transfer, gone)
    const anew = await clock.runUntil(resolve(mirror, 'a'))
    await mirror.forget(transfer, gone)
    expect(await clock.runUntil(resolve(mirror, 'a'))).toEqual(anew)
    expect(drive.namesIn('root')).toEqual(['a'])
  })

  it('makes no second folder when only one deeper down was deleted', async () => {
    const mirror = open()
    const point = await clock.runUntil(resolve(mirror, 'a', 'b'))
    drive.remove(point.parentNode)
    await mirror.forget({ destination: ROOT, remoteFolders: ['a', 'b'] }, point)
    await clock.runUntil(resolve(mirror, 'a', 'b'))
    expect(drive.namesIn('root')).toEqual(['a'])
  })
})

describe('filesNamed', () => {
  const point = { family: 'files', parentType: 'explorer', parentNode: 'root' } as const

  it('knows the files of a name, in either normal form, and nothing else', async () => {
    const tokens = [
      drive.add('root', 'é.txt'.normalize('NFC'), 'file'),
      drive.add('root', 'é.txt'.normalize('NFD'), 'file'),
    ]
    drive.add('root', 'é.txt', 'docx')
    drive.add('root', 'e.txt', 'file')
    const mirror = open()
    const named = mirror.filesNamed(point, 'é.txt'.normalize('NFC'), CONTEXT)
    expect((await clock.runUntil(named)).map(({ token }) => token)).toEqual(tokens)
  })

  it('does not list a folder that was just made', async () => {
    const mirror = open()
    const made = await clock.runUntil(resolve(mirror, 'a'))
    drive.log.splice(0)
    expect(await clock.runUntil(mirror.filesNamed(made, 'x', CONTEXT))).toEqual([])
    expect(drive.log).toEqual([])
  })

  it('is nothing for a media', async () => {
    const media = { family: 'medias', parentType: 'docx_file', parentNode: 'b' } as const
    expect(await open().filesNamed(media, 'x', CONTEXT)).toEqual([])
  })

  it('sees within ten seconds what others do, and asks no more often', async () => {
    const mirror = open()
    const named = async () => {
      const files = await clock.runUntil(mirror.filesNamed(point, 'a.txt', CONTEXT))
      return files.map(({ token }) => token)
    }
    expect(await named()).toEqual([])
    const theirs = drive.add('root', 'a.txt', 'file')
    await clock.advance(9_000)
    expect(await named()).toEqual([])
    await clock.advance(1_000)
    expect(await named()).toEqual([theirs])
    drive.remove(theirs)
    await clock.advance(10_000)
    expect(await named()).toEqual([])
    expect(drive.log).toEqual(['list root', 'list root', 'list root'])
  })

  it('knows at once what we have brought there, also while listings lag behind', async () => {
    const mirror = open()
    const named = async () => {
      const files = await clock.runUntil(mirror.filesNamed(point, 'a.txt', CONTEXT))
      return files.map(({ token }) => token)
    }
    expect(await named()).toEqual([])
    mirror.landed(point, { fileName: 'a.txt', fileToken: 'ours' })
    expect(await named()).toEqual(['ours'])
    await clock.advance(11_000)
    expect(await named(), 'the listing does not have it yet').toEqual(['ours'])
    await clock.advance(11_000)
    expect(await named(), 'it was taken away').toEqual([])
  })
})
