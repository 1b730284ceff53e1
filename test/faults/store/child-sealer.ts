/** Seals a secret in a home that may have no key yet, at the time it is told. */
import { keyFileBox } from '#main/store/secret-box.ts'

const [home = ''] = process.argv.slice(2)
process.on('message', async (atMs: number) => {
  // No timer is exact enough to meet others in the same millisecond.
  while (Date.now() < atMs);
  process.send?.(await keyFileBox(home).seal('secret'))
})
process.send?.('ready')
