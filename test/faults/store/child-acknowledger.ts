/**
 * Arguments: home, transfer id, first seq. Acknowledges parts for ever; writes each seq to stdout
 * after the call has returned, at once, so that whatever was read was promised.
 */
import { writeSync } from 'node:fs'
import { openStores } from '#main/store/open-stores.ts'

const [home = '', id = '', first = '0'] = process.argv.slice(2)
const { transfers } = openStores(home)

for (let seq = Number(first); ; seq += 1) {
  transfers.acknowledgePart(id, {
    seq,
    sizeBytes: 1_000 + seq,
    checksum: seq,
    sha256: null,
    acknowledgedAtMs: seq,
  })
  writeSync(1, `${seq}\n`)
}
