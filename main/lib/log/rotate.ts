import { existsSync, renameSync, rmSync } from 'node:fs'
import { join, parse } from 'node:path'

/** `feidi.log` becomes `feidi.1.log`, that one `feidi.2.log`, and so on; the oldest goes. */
export function rotate(file: string, mostOld: number): void {
  const { dir, name, ext } = parse(file)
  const old = (number: number) => join(dir, `${name}.${number}${ext}`)
  rmSync(old(mostOld), { force: true })
  for (let number = mostOld - 1; number >= 1; number--) {
    if (existsSync(old(number))) renameSync(old(number), old(number + 1))
  }
  renameSync(file, old(1))
}
