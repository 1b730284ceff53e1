/** Arguments: home, round. Creates the database if need be and queues chunks of 50 for ever. */
import { writeSync } from 'node:fs'
import { openStores } from '#main/store/open-stores.ts'

const [home = '', round = ''] = process.argv.slice(2)
const { transfers } = openStores(home)
const destination = { kind: 'folder', folderToken: 'root' } as const

for (let chunk = 0; ; chunk += 1) {
  const items = Array.from({ length: 50 }, (_, index) => {
    const name = `${round}-${chunk}-${index}`
    return {
      path: `/${name}`,
      fileName: name,
      destination,
      remoteFolders: [],
      sizeBytes: 1,
      fingerprint: null,
    }
  })
  transfers.enqueue(items, round, 1)
  writeSync(1, `${chunk}\n`)
}
