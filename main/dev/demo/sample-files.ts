import { randomBytes } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const KIB = 1024
const MIB = 1024 * KIB

/** A small but realistic folder: photos, a contract, a spreadsheet, and one big video. */
const SAMPLES: readonly (readonly [path: string, sizeBytes: number])[] = [
  ['校园开放日/校园宣传片_final.mp4', 60 * MIB],
  ['校园开放日/照片/IMG_2041.jpg', 2_400 * KIB],
  ['校园开放日/照片/IMG_2042.jpg', 3_100 * KIB],
  ['校园开放日/照片/合影 🎓.jpg', 1_750 * KIB],
  ['校园开放日/合同-2026-11.pdf', 420 * KIB],
  ['校园开放日/报名表.xlsx', 37 * KIB],
]

/** Writes the sample files below `folder`; returns their paths relative to it, with `/`. */
export async function writeSampleFiles(folder: string): Promise<string[]> {
  for (const [path, sizeBytes] of SAMPLES) {
    const target = join(folder, path)
    await mkdir(dirname(target), { recursive: true })
    await writeRandomFile(target, sizeBytes)
  }
  return SAMPLES.map(([path]) => path)
}

async function writeRandomFile(path: string, sizeBytes: number): Promise<void> {
  const file = await open(path, 'w')
  try {
    for (let left = sizeBytes; left > 0; left -= MIB) {
      await file.write(randomBytes(Math.min(left, MIB)))
    }
  } finally {
    await file.close()
  }
}
