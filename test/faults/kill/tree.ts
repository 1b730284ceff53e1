/** A folder with a bit of everything: sub-folders, files that go up in one call and files in parts. */
import { join } from 'node:path'
import { expect, type TestContext } from 'vitest'
import {
  KiB,
  openScene,
  type Scene,
  type SceneOptions,
  type SourceFile,
} from '#test/kit/feidi/scene.ts'
import { expectBytes } from '#test/kit/feidi/uploads.ts'

export interface TreeScene extends Scene {
  readonly root: string
  readonly files: readonly SourceFile[]
  /** Every folder and every file is on the server exactly once, byte for byte, and nothing else. */
  expectMirrored(): Promise<void>
}

const SIZES = {
  'tree/one-call.txt': 9 * KiB,
  'tree/parts.bin': 290 * KiB,
  'tree/子目录/one-call.txt': 5 * KiB,
  'tree/子目录/parts.bin': 130 * KiB,
}

/** A scene with the tree in its folder; blocks have 64 KiB. */
export async function openTreeScene(
  test: TestContext,
  options: SceneOptions = {},
): Promise<TreeScene> {
  const scene = await openScene(test, {
    blockSizeBytes: 64 * KiB,
    singleCallBytes: 10 * KiB,
    ...options,
  })
  const writing = Object.entries(SIZES).map(([name, sizeBytes]) => scene.write(name, sizeBytes))
  const files = await Promise.all(writing)
  return {
    ...scene,
    root: join(scene.folder, 'tree'),
    files,
    expectMirrored: () => expectTree(scene, files),
  }
}

async function expectTree({ simulator }: Scene, files: readonly SourceFile[]): Promise<void> {
  const tree = simulator.tree()
  const counts = Object.entries(tree).map(([path, nodes]) => [path, nodes.length])
  const folders = ['Inbox/', 'Inbox/tree/', 'Inbox/tree/子目录/']
  const wanted = [...folders, ...files.map(({ name }) => `Inbox/${name}`)]
  expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(wanted.map((path) => [path, 1])))
  for (const { name, bytes } of files) {
    await expectBytes(simulator, tree[`Inbox/${name}`]?.[0]?.token ?? '', bytes)
  }
}
