/** Watches a folder in a process of its own: as another user, or to be killed. Speaks in JSON lines. */
import { systemClock } from '#main/lib/clock.ts'
import { openStores } from '#main/store/open-stores.ts'
import { WatchService } from '#main/watch/watch-service.ts'
import { aRule, FakeQueue } from './watch-parts.ts'

const [folder = '', home = '', uid = ''] = process.argv.slice(2)
if (uid !== '') {
  process.setgroups?.([])
  process.setgid?.(Number(uid))
  process.setuid?.(Number(uid))
}
const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)
const queue = new FakeQueue()
const stores = openStores(home)
const service = new WatchService({
  rules: [aRule(folder, { createdAtMs: 0, settleMs: 50 })],
  index: stores.files,
  queue,
  clock: systemClock,
  timings: { rootEveryMs: 50 },
})
queue.onEnd = (id) => service.transferDone(id, { fingerprint: null, contentHash: null })
service.events.on('state', ({ state }) => say({ state }))
service.events.on('problem', ({ path, error: { code } }) => say({ problem: { path, code } }))
service.events.on('handedOver', ({ files }) =>
  say({ taken: files.map(({ candidate }) => candidate.relativePath) }),
)
service.start()
