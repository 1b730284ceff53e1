/** A rule that follows, on real files and a real database, before a Drive in memory. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Connection } from '#main/app/open-engine.ts'
import { followTools } from '#main/app/watching/follow-taker.ts'
import { FolderMirror } from '#main/destination/folder-mirror.ts'
import { FollowSteps } from '#main/destination/follow-steps.ts'
import { type Clock, systemClock } from '#main/lib/clock.ts'
import { openStores } from '#main/store/open-stores.ts'
import type { OpenProbe } from '#main/watch/ports.ts'
import { WatchService } from '#main/watch/watch-service.ts'
import type { WatchProblem, WatchRule } from '#shared/model/watch-rule.ts'
import { FollowDrive } from '../../destination/follow-drive.ts'
import { aNewTransfer, aResult } from '../../store/store-kit.ts'
import { aRule, FakeQueue, tempFolder } from '../watch-kit.ts'
import type { Taken } from '../watch-parts.ts'

export const PERSON = 'user:ou_li@cli_a@open.feishu.cn'
const DESTINATION = { kind: 'folder', folderToken: 'root' } as const

export function openFollowBench(
  more: Partial<WatchRule> = {},
  identity = PERSON,
  probe?: OpenProbe,
) {
  const root = tempFolder()
  const stores = openStores(tempFolder('feidi-home-'))
  const drive = new FollowDrive()
  const queue = new FakeQueue()
  let laterMs = 0
  /** The clock here less Feishu's, which is right. */
  const ahead = { ms: 0 }
  const clock: Clock = {
    nowMs: () => systemClock.nowMs() + laterMs + ahead.ms,
    steadyMs: () => systemClock.steadyMs(),
    sleep: async () => {},
  }
  const { folders, copies, follow: store } = stores
  const mirror = new FolderMirror({ calls: drive.folderCalls, folders, copies, clock, identity })
  const steps = new FollowSteps({
    ...{ calls: drive.documentCalls, mirror, folders, copies, store, clock, identity },
    clockOffsetMs: () => (drive.looks === 0 ? undefined : -ahead.ms),
  })
  const connection = { identity, follow: steps } as Connection
  const connections = { connectionOf: () => connection, isPaused: false }
  let rule = aRule(root, {
    ...{ destination: DESTINATION, account: identity, follow: true, settleMs: 0 },
    ...more,
  })
  const service = new WatchService({
    ...{ rules: [rule], index: stores.files, queue, clock },
    follow: followTools(stores, connections, clock),
    ...(probe !== undefined && { probe }),
    timings: { rootEveryMs: 20, retryMs: 20 },
  })
  const problems: WatchProblem[] = []
  service.events.on('problem', (problem) => problems.push(problem))
  onTestFinished(async () => {
    await service.stop()
    stores.close()
  })

  const folderToken = (names: readonly string[]): string => {
    let token = 'root'
    for (const name of names) {
      const known = folders.folderToken(identity, token, name)
      const made = known ?? drive.add(token, name, { type: 'folder' })
      if (known === undefined) folders.saveFolder(identity, token, name, made, true)
      token = made
    }
    return token
  }
  /** Does as the engine does with a file that was handed over. */
  const upload = ({ id, candidate, outcome }: Taken) => {
    if (outcome.kind !== 'done' || outcome.fingerprint === null) return
    const { path, remoteFolders, fileName } = candidate
    const before = copies.at(path, DESTINATION, remoteFolders)?.fileToken
    const replaced = rule.onChange === 'overwrite' ? before : undefined
    drive.nowMs = clock.nowMs() - ahead.ms
    const token = replaced ?? drive.add(folderToken(remoteFolders), fileName)
    drive.touch(token, { modifiedAtMs: drive.nowMs })
    if (replaced !== undefined) drive.changes.push(`replace ou_li ${fileName}`)
    const item = {
      ...aNewTransfer(fileName, { path, remoteFolders, fingerprint: outcome.fingerprint }),
      ...{ destination: DESTINATION, account: identity },
    }
    const [transfer] = stores.transfers.enqueue([item], 'b', clock.nowMs())
    stores.transfers.complete(transfer?.id ?? '', {
      ...aResult(token, clock.nowMs()),
      landedAtServerMs: drive.nowMs,
      ...{ fingerprint: outcome.fingerprint, contentHash: outcome.contentHash },
    })
    service.transferDone(id, outcome)
  }
  queue.onEnd = (id) => {
    const taken = queue.taken.find((each) => each.id === id)
    if (taken !== undefined) upload(taken)
  }

  return {
    root,
    stores,
    drive,
    service,
    queue,
    problems,
    clock,
    ahead,
    get rule() {
      return rule
    },
    at: (path: string) => join(root, path),
    write(path: string, content: string) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), content)
    },
    remove: (path: string) => rmSync(join(root, path), { force: true }),
    /** Looks at everything until nothing more comes of it. */
    async look() {
      for (let times = 0; times < 4; times++) await service.sweepOnce()
    },
    passHours(hours: number) {
      laterMs += hours * 3_600_000
    },
    async follow() {
      rule = { ...rule, follow: true }
      await service.setRules([rule])
    },
    async approve() {
      laterMs += 1
      rule = { ...rule, followApprovedAtMs: clock.nowMs() }
      laterMs += 1
      await service.setRules([rule])
    },
    /** All files in Feishu, as paths. */
    get remote(): string[] {
      const files = [...drive.nodes.values()].filter(({ type }) => type === 'file')
      return files.map(({ token }) => drive.pathOf(token) ?? '').sort()
    },
    get stop() {
      return stores.follow.record(rule.id)?.stop ?? null
    },
    steps: () => stores.follow.steps(rule.id),
  }
}
