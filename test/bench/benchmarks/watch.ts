import type { Benchmark, Figure } from '../figure.ts'
import {
  measureBurst,
  measureIdle,
  measureMany,
  measureNewFile,
  measureStart,
  withKnownTree,
} from '../watch-measures.ts'

/** 1,000 folders of 100 files, in 10 folders, in one. */
const TREE = { folders: 1_000, filesEach: 100 }
const FOLDERS_IN_ALL = 1_000 + 10 + 1

/** Watching a large folder: how soon, how light, how quick, and whether anything is missed. */
export const watch: Benchmark = {
  name: 'watch',
  run: ({ quick }) =>
    withKnownTree(TREE, 'upload', async ({ folder, home }) => {
      const figures: Figure[] = []
      figures.push(...(await measureStart(folder, home, FOLDERS_IN_ALL)))
      figures.push(...(await measureNewFile(folder, home)))
      figures.push(...(await measureIdle(folder, home, quick ? 10_000 : 30_000)))
      figures.push(...(await measureBurst(folder, home, quick ? 10_000 : 50_000)))
      return figures
    }),
}

/** A million files: slow to make, so only asked for by name or in a full run. */
export const watchMany: Benchmark = {
  name: 'watch-many',
  run: ({ quick }) => measureMany({ folders: quick ? 2_000 : 10_000, filesEach: 100 }),
}
