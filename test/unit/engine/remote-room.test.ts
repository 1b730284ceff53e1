import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openPreview } from '#main/app/adding/open-preview.ts'
import { findSources } from '#main/engine/find-sources.ts'
import { previewFiles } from '#main/engine/preview.ts'
import { RemoteRoom } from '#main/engine/remote-room.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { Preview } from '#shared/model/preview.ts'
import { MOST_CHILDREN } from '#shared/transfer/remote-layout.ts'
import { tempFolder } from '../watch/watch-kit.ts'

const destination = { kind: 'folder', folderToken: 'fldcnTest' } as const

describe('the dry run of an upload', () => {
  it('foresees that a folder gets too full', async () => {
    const folder = join(tempFolder(), '照片')
    mkdirSync(join(folder, '2026'), { recursive: true })
    writeFileSync(join(folder, '2026', 'a.jpg'), 'x')
    for (let n = 0; n < MOST_CHILDREN; n++) writeFileSync(join(folder, `${n}.jpg`), 'x')
    const plan = await planOf(folder)
    // The subfolder is a child as well, and comes last.
    expect(plan.filter(isToUpload)).toHaveLength(MOST_CHILDREN)
    expect(problems(plan)).toEqual([['a.jpg', 'folder-full', '照片']])
  })

  it('foresees folders that are too deep, and the rest goes', async () => {
    const folder = join(tempFolder(), '0')
    let deepest = folder
    for (let level = 1; level <= 16; level++) deepest = join(deepest, `${level}`)
    mkdirSync(deepest, { recursive: true })
    for (let dir = deepest; dir.length >= folder.length; dir = join(dir, '..')) {
      writeFileSync(join(dir, 'a.txt'), 'x')
    }
    const plan = await planOf(folder)
    // With the destination, fourteen of seventeen levels.
    expect(plan.filter(isToUpload)).toHaveLength(14)
    expect(problems(plan).map(([, code]) => code)).toEqual(Array(3).fill('folder-too-deep'))
  })

  it('counts what is up, whatever becomes of it, and what is to come', () => {
    const room = new RemoteRoom()
    const place = { destination, remoteFolders: ['x'] }
    for (let n = 0; n < MOST_CHILDREN / 2; n++) {
      expect(room.take(place, { isThere: true, isAdded: true })).toBeUndefined()
    }
    expect(room.take(place, { isThere: true, isAdded: false })).toBeUndefined()
    const tooMuch = room.take(place, { isThere: false, isAdded: true })
    expect(tooMuch).toMatchObject({ code: 'folder-full', context: { detail: 'x' } })
  })
})

async function planOf(path: string): Promise<Preview[]> {
  const open = openPreview({
    ...{ home: tempFolder(), identity: 'app:test', singleCallLimit: 'auto' },
    given: {},
  })
  const { signal } = new AbortController()
  const preview = previewFiles({ ...open.options, again: false, signal })
  const plan: Preview[] = []
  const options = { clock: systemClock, destination, signal }
  for await (const item of findSources([path], options)) plan.push(await preview(item))
  open.close()
  return plan
}

function isToUpload({ verdict }: Preview): boolean {
  return verdict.action === 'upload'
}

function problems(plan: readonly Preview[]) {
  return plan.flatMap(({ fileName, verdict }) =>
    verdict.action === 'fail' ? [[fileName, verdict.error.code, verdict.error.detail]] : [],
  )
}
