/** Arguments: home, name. Counts calls of an app for ever, and says the day's count after each. */
import { writeSync } from 'node:fs'
import { openStores } from '#main/store/open-stores.ts'

const [home = ''] = process.argv.slice(2)
const { quota } = openStores(home)

for (;;) writeSync(1, `${quota.countCall('app', 'upload_part', '2026-01-05', 1)}\n`)
