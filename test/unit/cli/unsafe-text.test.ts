/** Names, paths and words of servers reach a terminal or a program only in a form that does nothing there. */
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountsOf } from '#main/app/accounts/actor.ts'
import type { Reporter } from '#main/app/run/reporter.ts'
import { listAccounts } from '#main/cli/commands/accounts.ts'
import { addRule, listRules } from '#main/cli/commands/rules.ts'
import { status } from '#main/cli/commands/status.ts'
import { barReporter } from '#main/cli/report/bar-reporter.ts'
import { jsonReporter } from '#main/cli/report/json-reporter.ts'
import { Output } from '#main/cli/report/output.ts'
import { plainReporter } from '#main/cli/report/plain-reporter.ts'
import type { Session } from '#main/cli/session.ts'
import { readSettings } from '#main/cli/settings.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import { type ErrorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import type { Transfer, TransferState } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { changeHome } from '#test/kit/feidi/home.ts'
import { placeNamed } from '#test/kit/place-name.ts'
import { UNSAFE, unsafeLeftIn } from '#test/kit/unsafe-text.ts'
import { aNewTransfer } from '../store/store-kit.ts'

const NAME = `a${UNSAFE.replace('\0', '')}z.txt`
const PATH = `/in/${NAME}`
const ERROR: ErrorInfo = {
  code: 'source-unreadable',
  atMs: 0,
  logId: UNSAFE,
  detail: UNSAFE,
  endpoint: UNSAFE,
}
const TO = { kind: 'folder', folderToken: 'fldcnTOKEN' } as const
const TRANSFER: Transfer = {
  id: 't',
  path: PATH,
  fileName: NAME,
  destination: TO,
  remoteFolders: [NAME],
  sizeBytes: 1,
  sentBytes: 0,
  batchId: 'b',
  createdAtMs: 0,
  order: 1,
  state: { kind: 'sending' },
} as unknown as Transfer
const RULE: WatchRule = {
  ...WATCH_RULE_DEFAULTS,
  id: 'r',
  folder: PATH,
  destination: TO,
  createdAtMs: 0,
}
const PLAN = {
  ...{ path: PATH, fileName: NAME, remoteFolders: [NAME], destination: TO },
  ...{ sizeBytes: 1, calls: {} },
}

/** The one way out, a prompt of fixed words, and what an old Node is told. */
const MAY_WRITE = new Set(['main/cli/report/output.ts', 'main/cli/ask.ts', 'main/cli/feidi.ts'])

const inState = (state: TransferState): Transfer => ({ ...TRANSFER, state })

const CALLED = placeNamed('folder', UNSAFE)
const SPEECH = { language: 'en', verbose: true } as const

/** All calls to a reporter that carry text which is not ours. */
const TELLINGS: Readonly<Record<string, (reporter: Reporter) => void>> = {
  'a file that is up': (to) =>
    to.transfer(inState({ kind: 'done', fileToken: UNSAFE, finishedAtMs: 0 })),
  'a failure': (to) => to.transfer(inState({ kind: 'failed', error: ERROR })),
  'a skipped file': (to) => to.transfer(inState({ kind: 'skipped', error: ERROR })),
  'a file on its way': (to) => to.transfer(TRANSFER),
  'a file that needed nothing': (to) =>
    to.unchanged({ path: PATH, fileToken: UNSAFE, fingerprint: { sizeBytes: 1 } } as Copy),
  'a note': (to) =>
    to.note({ transfer: TRANSFER, note: { kind: 'kept-both', because: 'in-use', heldBy: PATH } }),
  'a rule': (to) => to.rule(RULE, { kind: 'no-permission', path: PATH }, CALLED),
  'a problem of a rule': (to) => to.ruleProblem({ ruleId: 'r', path: PATH, error: ERROR }),
  'a file that is not ready': (to) => to.unsettled(PATH, 'locked'),
  'a plan': (to) => to.plan({ ...PLAN, verdict: { action: 'upload', reason: 'new' } }, CALLED),
  'a plan to skip': (to) => to.plan({ ...PLAN, verdict: { action: 'skip', error: ERROR } }, CALLED),
  'a plan that leaves out': (to) =>
    to.plan(
      { ...PLAN, verdict: { action: 'skip', leftOut: { kind: 'excluded', pattern: UNSAFE } } },
      CALLED,
    ),
  'a problem of the command': (to) =>
    to.problem(new TransferError('source-unreadable', { detail: UNSAFE, logId: UNSAFE })),
}

describe.each([
  ['plain', (output: Output) => plainReporter(output, SPEECH, false)],
  ['json', (output: Output) => jsonReporter(output, 'en')],
  ['bar', (output: Output) => barReporter(output, SPEECH)],
] as const)('the %s reporter', (kind, open) => {
  it.each(Object.entries(TELLINGS))('%s', (_what, tell) => {
    const { output, said } = fakeOutput()
    const reporter = open(output)
    tell(reporter)
    const nothing = { queued: 0, blocked: 0, unsettled: 0, uncertain: 0 }
    reporter.summary({ done: 0, failed: 0, skipped: 0, unfinished: 0 }, nothing)
    expectSafe(kind === 'bar' ? withoutDrawing(said()) : said())
  })
})

it('nothing else writes to a terminal', () => {
  const sources = globSync('main/**/*.ts')
    .map((file) => file.replaceAll(sep, '/'))
    // Development tools show no names of other people.
    .filter((file) => !MAY_WRITE.has(file) && !file.startsWith('main/dev/'))
  expect(sources.length).toBeGreaterThan(100)
  const writing = sources.filter((file) =>
    /\b(stdout|stderr)\b\S*\.write|\bconsole\.\w+\(/.test(readFileSync(file, 'utf8')),
  )
  expect(writing).toEqual([])
})

describe('commands', () => {
  let folder = ''
  let home = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'feidi-unsafe-'))
    home = join(folder, 'home')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const COMMANDS: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
    'rules add': async (session) => {
      const watched = join(folder, NAME)
      mkdirSync(watched)
      await addRule(session, watched, { to: 'folder:fldcnTOKEN', include: [UNSAFE] } as never)
      await listRules(session)
    },
    status: async (session) => {
      changeHome(home, ({ transfers }) => {
        const [queued] = transfers.enqueue([aNewTransfer(NAME)], 'b', 0)
        transfers.saveState(queued?.id ?? '', { kind: 'failed', error: ERROR })
      })
      await status(session)
    },
    accounts: async (session) => {
      const app = { appId: 'cli_demo', appSecret: 's', baseUrl: 'https://open.feishu.cn' }
      const { identity } = await accountsOf(session).addApp(app, 0)
      accountsOf(session).rename(identity, UNSAFE)
      await listAccounts(session)
    },
  }

  it.each(
    Object.entries(COMMANDS).flatMap(([name, run]) => [
      { name, run, json: false },
      { name, run, json: true },
    ]),
  )('$name, json: $json', async ({ run, json }) => {
    const { output, said } = fakeOutput()
    await run(sessionOf(output, home, json))
    expectSafe(said())
  })
})

function expectSafe(said: string): void {
  expect(said).not.toBe('')
  expect(unsafeLeftIn(said)).toEqual([])
  // A line feed is followed by what was `\v`: it did not begin a line of its own.
  expect(said).not.toContain('\n\\u000b')
}

function fakeOutput() {
  const all = Object.assign(new PassThrough(), { isTTY: true, columns: 1_000 })
  const chunks: string[] = []
  all.on('data', (chunk) => chunks.push(String(chunk)))
  const stream = all as unknown as NodeJS.WriteStream
  return {
    output: new Output({ stdout: stream, stderr: stream }),
    said: () => chunks.join(''),
  }
}

/** The bars move the cursor, which no name may do. */
function withoutDrawing(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/\x1b\[\??[\d;]*[A-Za-z]|\x1b7|\x1b8|\r/g, '')
}

function sessionOf(output: Output, home: string, json: boolean): Session {
  const options = { home, json, lanes: 'auto', singleCallLimit: 'auto', maxWait: '15m', lang: 'en' }
  return {
    settings: readSettings(options, {}),
    env: {},
    output,
    reporter: plainReporter(output, SPEECH, false),
    interrupted: new AbortController().signal,
    version: '0',
    log: openLog(home),
  }
}
