import { mkdirSync, writeFileSync } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Folders side by side below these many, as people's trees are neither flat nor one chain. */
const BRANCHES = 10

export interface TreeSize {
  readonly folders: number
  readonly filesEach: number
}

/** A tree of small files; every file has a content of its own. */
export function makeTree(root: string, { folders, filesEach }: TreeSize): void {
  for (let folder = 0; folder < folders; folder++) {
    const path = join(root, `branch-${folder % BRANCHES}`, `folder-${folder}`)
    mkdirSync(path, { recursive: true })
    for (let file = 0; file < filesEach; file++) {
      writeFileSync(join(path, `file-${file}.txt`), `${folder} ${file}`)
    }
  }
}

/** The yardstick: every folder read and every file asked for, and nothing else. Returns ms. */
export async function plainWalk(root: string): Promise<number> {
  const startedAtMs = performance.now()
  const stack = [root]
  for (let folder = stack.pop(); folder !== undefined; folder = stack.pop()) {
    const entries = await readdir(folder, { withFileTypes: true })
    const path = folder
    await Promise.all(
      entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => lstat(join(path, entry.name), { bigint: true })),
    )
    for (const entry of entries) if (entry.isDirectory()) stack.push(join(path, entry.name))
  }
  return performance.now() - startedAtMs
}
