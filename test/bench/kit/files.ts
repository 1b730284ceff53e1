import { randomFillSync } from 'node:crypto'
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const MiB = 1024 * 1024
export const BLOCK_BYTES = 4 * MiB

/** Runs `work` with a folder of its own, on the disk where temporary files are. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'feidi-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A file of `parts` whole blocks that takes no room on disk and reads as zeros. */
export async function sparseFile(folder: string, parts: number): Promise<string> {
  const path = join(folder, `${parts}-parts.bin`)
  const handle = await open(path, 'w')
  await handle.truncate(parts * BLOCK_BYTES)
  await handle.close()
  return path
}

/** A folder of files that are all different. */
export async function folderOfFiles(
  parent: string,
  count: number,
  sizeBytes: number,
): Promise<string> {
  const folder = join(parent, `${count}-files`)
  await mkdir(folder)
  const bytes = Buffer.alloc(sizeBytes)
  for (let index = 0; index < count; index++) {
    randomFillSync(bytes)
    await writeFile(join(folder, `${String(index).padStart(4, '0')}.bin`), bytes)
  }
  return folder
}
