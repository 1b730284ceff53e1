/** States that are hard to reach by hand, each made from a real home and a simulated Feishu. */
import { cpSync, renameSync, rmSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LIMITED_ENDPOINTS } from '#main/engine/endpoints.ts'
import type { NewTransfer } from '#main/engine/ports.ts'
import { machineId } from '#main/lib/machine-id.ts'
import { openAccounts } from '#main/store/account-store.ts'
import { stateFolder } from '#main/store/home-record.ts'
import { HomeStanding } from '#main/store/home-standing.ts'
import { openRules } from '#main/store/rule-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { CATALOGUE } from '#shared/errors/catalogue.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import { DAILY_CALLS } from '#shared/transfer/quota-day.ts'
import { changeHome, countCalls, queueFiles } from '#test/kit/feidi/home.ts'
import { fillQueue } from '#test/kit/feidi/long-queue.ts'
import { addPerson, DEMO_APP, HAN, LI } from '#test/kit/feidi/signed-in.ts'
import { writeSampleFiles } from '../demo/sample-files.ts'
import type { Scene, Stage } from './stage.ts'

export const DEFAULT_SCENE = 'work'

const KIB = 1024

export const SCENES: readonly Scene[] = [
  {
    name: 'work',
    shows: 'files going up, a watched folder, two people and an app signed in',
    async prepare(stage) {
      await signInAll(stage)
      await queueSamples(stage)
      const watched = join(stage.folder, '监视')
      await mkdir(watched)
      watchFolder(stage, watched)
    },
  },
  { name: 'first-run', shows: 'the first steps', isWelcomed: false, async prepare() {} },
  { name: 'empty', shows: 'signed in, and nothing to do', prepare: signInAll },
  {
    name: 'long-queue',
    shows: '100,000 rows',
    async prepare(stage) {
      await signInAll(stage)
      fillQueue(stage.home, stage.rows)
    },
  },
  {
    name: 'failures',
    shows: 'one failed file for each error code',
    async prepare(stage) {
      await signInAll(stage)
      const failed = [...CATALOGUE.keys()].map((code) => aFailure(stage, code))
      changeHome(stage.home, ({ transfers }) => {
        transfers.enqueue(failed, 'scene', Date.now())
      })
    },
  },
  {
    name: 'quota',
    shows: 'all calls of today used up',
    async prepare(stage) {
      await signInAll(stage)
      await queueSamples(stage)
      for (const { path } of LIMITED_ENDPOINTS) countCalls(stage, path, DAILY_CALLS, Date.now())
    },
  },
  {
    name: 'offline',
    shows: 'Feishu can not be reached',
    async prepare(stage) {
      await signInAll(stage)
      await queueSamples(stage)
      await stage.simulator.close()
    },
  },
  {
    name: 'signed-out',
    shows: 'files of an account that has signed out, and a rule of it',
    async prepare(stage) {
      await signInAll(stage)
      const identity = await addPerson(stage.home, stage.simulator, LI)
      const files = [1, 2, 3].map((n) => ({ ...aFile(stage, `${n}.pdf`), account: identity }))
      changeHome(stage.home, ({ transfers }) => {
        transfers.enqueue(files, 'scene', Date.now())
      })
      watchFolder(stage, stage.folder, identity)
      openAccounts(stage.home, keyFileBox(stage.home)).remove(identity)
    },
  },
  {
    name: 'home-restored',
    shows: 'a home that was put back from a backup',
    async prepare(stage) {
      await signInAll(stage)
      await queueSamples(stage)
      const backup = `${stage.home}-backup`
      workABit(stage)
      cpSync(stage.home, backup, { recursive: true })
      workABit(stage)
      rmSync(stage.home, { recursive: true })
      renameSync(backup, stage.home)
    },
  },
  {
    name: 'uncertain',
    shows: 'uploads that may or may not have arrived',
    async prepare(stage) {
      await signInAll(stage)
      const files = (['outcome-unknown', 'maybe-there-already'] as const).map((code) =>
        aFailure(stage, code),
      )
      changeHome(stage.home, ({ transfers }) => {
        transfers.enqueue(files, 'scene', Date.now())
      })
    },
  },
  {
    name: 'folder-gone',
    shows: 'a rule whose folder is missing, and one that is paused',
    async prepare(stage) {
      await signInAll(stage)
      const gone = join(stage.folder, '移动硬盘')
      await mkdir(gone)
      watchFolder(stage, gone)
      await rm(gone, { recursive: true })
      await mkdir(join(stage.folder, '暂停'))
      const paused = watchFolder(stage, join(stage.folder, '暂停'))
      openRules(stage.home).update(paused, { enabled: false })
    },
  },
]

export function findScene(name: unknown): Scene | undefined {
  return SCENES.find((scene) => scene.name === name)
}

/** The scenes, a line each. */
export function sceneList(): string {
  return SCENES.map(({ name, shows }) => `  ${name.padEnd(14)}${shows}\n`).join('')
}

/** An app and two people; the app is in use. */
async function signInAll({ home, simulator }: Stage): Promise<void> {
  const accounts = openAccounts(home, keyFileBox(home))
  await accounts.addApp({ ...DEMO_APP, baseUrl: simulator.baseUrl }, Date.now())
  for (const person of [LI, HAN]) await addPerson(home, simulator, person)
}

async function queueSamples({ home, folder, links }: Stage): Promise<void> {
  const paths = await writeSampleFiles(folder)
  await queueFiles(
    home,
    paths.map((path) => join(folder, path)),
    links.folderToken,
  )
}

/** Makes a rule for the folder. Returns its id. */
function watchFolder({ home, links }: Stage, folder: string, account?: string): string {
  const destination = { kind: 'folder', folderToken: links.folderToken } as const
  const rule = { ...WATCH_RULE_DEFAULTS, folder, destination, account }
  return openRules(home).add(rule, Date.now()).id
}

function aFile({ folder, links }: Stage, path: string): NewTransfer {
  return {
    path: join(folder, path),
    fileName: basename(path),
    destination: { kind: 'folder', folderToken: links.folderToken },
    remoteFolders: [],
    sizeBytes: 640 * KIB,
    fingerprint: null,
  }
}

/** A file that has failed with this code; it is not there, so it can not be tried again. */
function aFailure(stage: Stage, code: ErrorCode): NewTransfer {
  const error = { code, atMs: Date.now(), detail: 'detail' }
  return { ...aFile(stage, `${code}.pdf`), state: { kind: 'failed', error } }
}

/** Makes a call from the home, as far as its own records can tell. */
function workABit({ home, env }: Stage): void {
  changeHome(home, (stores) => {
    const place = { machine: machineId(), stateFolder: stateFolder(env) }
    const standing = new HomeStanding(home, stores, place)
    stores.quota.countCall('app:demo', 'endpoint', 'day', Date.now())
    standing.record()
  })
}
