/**
 * A host with a queue in memory. It speaks the contract (every answer is checked against it) and
 * lets a test put the app into any state at once. The real effects of uploads are tested with the
 * real host.
 */

import { countsOf, TAB_KINDS } from '#main/app/api/tabs.ts'
import type { App } from '#main/app/open-app.ts'
import type {
  AccountView,
  RegistrationView,
  SignInView,
} from '#shared/contract/account-channels.ts'
import {
  type Answer,
  isRequestChannel,
  REQUESTS,
  type RequestInput,
  type RequestOutput,
} from '#shared/contract/contract.ts'
import {
  type LiveEvent,
  type LivePatch,
  type LiveState,
  liveEventSchema,
} from '#shared/contract/live-state.ts'
import type { ProxyView } from '#shared/contract/network-channels.ts'
import type {
  QueueAction,
  QueueFilter,
  QueueSelection,
  TroubleFilter,
} from '#shared/contract/queue-channels.ts'
import type { RuleStanding } from '#shared/contract/rule-channels.ts'
import { type AppSettings, appSettingsSchema } from '#shared/contract/settings-schema.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
import { isPictureName } from '#shared/model/look.ts'
import type { TransferState } from '#shared/model/transfer.ts'
import { ACTION_KINDS } from '#shared/transfer/action-kinds.ts'
import { fileType } from '#shared/transfer/file-type.ts'
import { STATE_KINDS } from '#shared/transfer/state-kinds.ts'
import { placeNamed } from '#test/kit/place-name.ts'
import { APP_ACCOUNT, StagedAccounts } from './accounts.ts'
import { detailsOnStage } from './details.ts'
import { fixedAnswers, type StageHandlers } from './fixed-answers.ts'
import { groupedOnStage, groupOfRow, type StagedGroup } from './groups.ts'
import { liveStateOnStage } from './live-state.ts'
import { folderOnStage, listOnStage, StagedRefusal } from './place-lists.ts'
import { checkOnStage, forecastOnStage } from './places.ts'
import { makeRow } from './rows.ts'
import { makeRule, type StagedRule, stagedPreview } from './rules.ts'

export interface StageOptions {
  readonly rows?: number
  /** The groups of files added together; none: the list is one of files. */
  readonly groups?: readonly StagedGroup[]
  /** So many of the rows, from the twentieth on, have failed because their folder is full. */
  readonly failedAlike?: number
  /** Names and paths of files end with it. */
  readonly nameEnd?: string
  readonly rules?: number
  /** The rules' accounts, in order; the account in use unless given. */
  readonly ruleAccounts?: readonly (string | null)[]
  readonly settings?: Partial<AppSettings>
  readonly engine?: LiveState['engine']
  readonly accounts?: readonly AccountView[]
  readonly troubles?: LiveState['accounts']['troubles']
  readonly adding?: LiveState['adding']
  readonly partCount?: number
  /** The host's info, when it is not `feidi serve`. */
  readonly info?: Partial<RequestOutput<'app.info'>>
  /** When it all takes place; now, unless pictures are to look the same every time. */
  readonly nowMs?: number
}

const HOUR_MS = 3_600_000

type FixedAnswers = ReturnType<typeof fixedAnswers>
type OwnHandlers = Omit<StageHandlers, keyof FixedAnswers | keyof StagedAccounts['handlers']>

const view = (info: ErrorInfo) => info

export class StageHost {
  readonly asked: { channel: string; input: unknown }[] = []
  /** Requests are answered with this instead. */
  failing: ErrorInfo | undefined
  #rows: TransferRow[]
  #rules: StagedRule[]
  #settings: AppSettings
  #engine: LiveState['engine']
  readonly #accounts: StagedAccounts
  readonly #fixed: FixedAnswers
  #proxy: ProxyView = {
    kind: 'system',
    host: '',
    port: 8080,
    user: '',
    noProxy: '',
    hasPassword: false,
  }
  #revision = 1
  #undo = new Map<string, TransferRow[]>()
  #offered: { readonly id: string; readonly paths: readonly string[] } | undefined
  #undoRules = new Map<string, StagedRule[]>()
  readonly #options: StageOptions
  readonly #nowMs: number
  readonly #pages = new Set<{ seq: number; listener: (event: LiveEvent) => void }>()

  constructor(options: StageOptions = {}) {
    this.#options = options
    this.#nowMs = options.nowMs ?? Date.now()
    this.#rows = Array.from({ length: options.rows ?? 0 }, (_, index) =>
      renamed(makeRow(index, this.#nowMs), options.nameEnd ?? ''),
    ).map((row, index) =>
      index >= 20 && index < 20 + (options.failedAlike ?? 0) ? failed(row, this.#nowMs) : row,
    )
    this.#rules = Array.from({ length: options.rules ?? 0 }, (_, index) =>
      makeRule(index, this.#nowMs, options.ruleAccounts?.[index]),
    )
    this.#settings = appSettingsSchema.parse({ welcomed: true, ...options.settings })
    this.#engine = options.engine ?? { kind: options.rows ? 'working' : 'idle', error: null }
    this.#accounts = new StagedAccounts(options.accounts ?? [APP_ACCOUNT], this.#nowMs)
    this.#fixed = fixedAnswers({ info: options.info, nowMs: this.#nowMs, view })
  }

  signInView(...given: Parameters<StagedAccounts['signInView']>): SignInView {
    return this.#accounts.signInView(...given)
  }

  /** Announces the state of a sign-in while it runs. */
  tellSignIn(signIn: SignInView | null): void {
    if (signIn?.stage === 'done') this.#accounts.arrived()
    this.tell({ accounts: { revision: 1, troubles: [], signIn, registration: null } })
  }

  registrationView(more: Partial<RegistrationView> = {}): RegistrationView {
    return this.#accounts.registrationView(more)
  }

  /** Announces the state of an app that is being created by a scan. */
  tellRegistration(registration: RegistrationView | null): void {
    this.tell({ accounts: { revision: 0, troubles: [], signIn: null, registration } })
  }

  /** Sets what every account may do. */
  set permissions(permissions: RequestOutput<'accounts.permissions'>) {
    this.#accounts.permissions = permissions
  }

  /** Signing out ends with this from now on. */
  warnOfSignOut(warning: ErrorInfo): void {
    this.#accounts.warningOfSignOut = warning
  }

  get rows(): readonly TransferRow[] {
    return this.#rows
  }

  get counts(): LiveState['counts'] {
    return this.#state().counts
  }

  get rules(): readonly StagedRule[] {
    return this.#rules
  }

  /** Drops every undo, so that none can be used any more. */
  forgetUndo(): void {
    this.#undo.clear()
  }

  get settings(): AppSettings {
    return this.#settings
  }

  answer = async (channel: unknown, input: unknown): Promise<Answer<unknown>> => {
    if (!isRequestChannel(channel)) return { ok: false, error: view({ code: 'internal', atMs: 0 }) }
    this.asked.push({ channel, input })
    if (this.failing !== undefined) return { ok: false, error: view(this.failing) }
    const parsed = REQUESTS[channel].input.parse(input)
    const handlers = { ...this.#fixed, ...this.#accounts.handlers, ...this.#handlers }
    const handle = handlers[channel] as (input: unknown) => unknown
    try {
      return { ok: true, value: REQUESTS[channel].output.parse(handle(parsed)) }
    } catch (error) {
      if (error instanceof StagedRefusal) return { ok: false, error: error.info }
      throw error
    }
  }

  /** The bytes of pictures of the queue; none unless a test brings some. */
  picture: App['picture'] = async () => undefined

  health = () => ({ reasons: [], notes: [] })

  subscribe = (listener: (event: LiveEvent) => void): (() => void) => {
    const page = { seq: 1, listener }
    this.#pages.add(page)
    listener(liveEventSchema.parse({ kind: 'snapshot', seq: 1, state: this.#state() }))
    return () => this.#pages.delete(page)
  }

  /** Changes rows and tells every page. */
  change(ids: readonly string[], change: (row: TransferRow) => TransferRow): void {
    const changed: TransferRow[] = []
    this.#rows = this.#rows.map((row) => {
      if (!ids.includes(row.id)) return row
      changed.push(change(row))
      return changed.at(-1) ?? row
    })
    this.#revision++
    const { counts, overall, failures, revision } = this.#state()
    this.tell({ rows: changed.slice(0, 200), counts, overall, failures, revision })
  }

  /** Other rules from here on; every page is told. */
  changeRules(rules: StagedRule[]): void {
    this.#rules = rules
    this.#revision++
    this.tell({ rules: this.#state().rules })
  }

  tell(patch: LivePatch): void {
    for (const page of this.#pages) {
      page.seq++
      page.listener(liveEventSchema.parse({ kind: 'patch', seq: page.seq, patch }))
    }
  }

  /** Files are handed over from outside the page. */
  offer(paths: readonly string[]): void {
    this.#offered = { id: `offer-${this.asked.length}`, paths }
    this.tell({ offered: this.#state().offered })
  }

  #follow(id: string, follow: RuleStanding['follow']): Record<string, never> {
    this.changeRules(
      this.#rules.map((rule) =>
        rule.id === id
          ? { ...rule, follow: follow !== null, standing: { ...rule.standing, follow } }
          : rule,
      ),
    )
    return {}
  }

  readonly #handlers: OwnHandlers = {
    'queue.window': ({ offset, limit, sort, groups, ...filter }) => {
      const found = sorted(this.#filtered(filter), sort)
      const staged = this.#options.groups
      const isGrouped =
        groups !== undefined &&
        (groups.mode === 'grouped' || (groups.mode === 'auto' && staged !== undefined))
      const rows = isGrouped ? groupedOnStage(this.#rows, found, staged ?? [], groups) : found
      return {
        isGrouped,
        rows: rows.slice(offset, offset + limit),
        total: rows.length,
        opening: null,
        news: 0,
        revision: this.#revision,
      }
    },
    'queue.preview': ({ paths, destination }) => forecastOnStage(paths, destination, this.#nowMs),
    'queue.sensitive': () => ({ count: 0, named: [] }),
    'queue.add': ({ paths, uploads }) => {
      const count = paths.length + uploads.length
      const start = this.#rows.length
      const added = Array.from({ length: count }, (_, step) => ({
        ...makeRow(start + step + 100, this.#nowMs),
        ...(paths[step] !== undefined && {
          path: paths[step],
          fileName: paths[step].split('/').at(-1) ?? '',
        }),
        state: { kind: 'queued' } as TransferState,
      }))
      const token = this.#remember()
      this.#rows = [...this.#rows, ...added]
      this.change([], (row) => row)
      return {
        batchId: 'batch',
        queued: count,
        there: 0,
        refused: 0,
        unchanged: 0,
        complete: true,
        undo: { token, untilMs: Date.now() + 8_000 },
      }
    },
    'queue.counts': (filter) => {
      const rows = this.#filtered({ ...filter, tab: 'all' })
      const tallies = STATE_KINDS.map((kind) => {
        const transfers = rows.filter(({ state }) => state.kind === kind).length
        return { kind, transfers, bytes: 0, calls: 0 }
      })
      return { byTab: countsOf(tallies).byTab }
    },
    'queue.act': ({ selection, action }) => {
      const wanted = new Set('ids' in selection ? selection.ids : [])
      const chosen = this.#chosen(selection)
      const ids = this.#rows
        .filter((row) => wanted.has(row.id) || chosen.has(row))
        .filter(({ state }) => ACTION_KINDS[action].includes(state.kind))
        .map(({ id }) => id)
      const canUndo = action !== 'pause' && action !== 'resume' && action !== 'retry'
      const undo = canUndo ? { token: this.#remember(), untilMs: Date.now() + 8_000 } : null
      if (action === 'remove' || action === 'clear') {
        this.#rows = this.#rows.filter(({ id }) => !ids.includes(id))
        this.change([], (row) => row)
      } else if (action === 'to-top') {
        const set = new Set(ids)
        this.#rows = [
          ...this.#rows.filter(({ id }) => set.has(id)),
          ...this.#rows.filter(({ id }) => !set.has(id)),
        ]
        this.change([], (row) => row)
      } else {
        this.change(ids, (row) => ({
          ...row,
          bytesPerSecond: 0,
          inFlightBytes: 0,
          state: after(action, row.state),
        }))
      }
      return { changed: ids.length, undo }
    },
    'queue.move': ({ ids, beside, side }) => {
      const moved = ids.flatMap((id) => this.#rows.filter((row) => row.id === id))
      const others = this.#rows.filter((row) => !moved.includes(row))
      const at = others.findIndex(({ id }) => id === beside) + (side === 'after' ? 1 : 0)
      this.#rows = [...others.slice(0, at), ...moved, ...others.slice(at)]
      this.change([], (row) => row)
      return { changed: moved.length }
    },
    'queue.hand-over': ({ from, to, ids }) => {
      const meant = this.#rows.filter(
        ({ id, account, state }) =>
          account === from && state.kind === 'blocked' && (ids?.includes(id) ?? true),
      )
      this.change(
        meant.map(({ id }) => id),
        (row) => ({ ...row, account: to, sentBytes: 0, state: { kind: 'queued' } }),
      )
      return { changed: meant.length, left: 0 }
    },
    'queue.at-stake': ({ selection }) => {
      const wanted = new Set('ids' in selection ? selection.ids : [])
      const chosen = this.#chosen(selection)
      const meant = this.#rows
        .filter((row) => wanted.has(row.id) || chosen.has(row))
        .filter(({ state }) => ACTION_KINDS.cancel.includes(state.kind))
      return {
        transfers: meant.length,
        sentBytes: meant.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
      }
    },
    'queue.redirect': ({ selection }) => {
      const rows = 'filter' in selection ? this.#filtered(selection.filter) : []
      const undo = { token: this.#remember(), untilMs: Date.now() + 8_000 }
      this.change(
        rows.map(({ id }) => id),
        (row) => ({ ...row, state: { kind: 'queued' } }),
      )
      return { changed: rows.length, left: 0, undo }
    },
    'queue.confirm': ({ id, fileToken }) => {
      this.change([id], (row) => ({ ...row, state: { kind: 'done', fileToken, finishedAtMs: 0 } }))
      return { changed: 1 }
    },
    'queue.forget': ({ ids }) => ({ forgotten: ids.length }),
    'queue.undo': ({ token }) => {
      const rules = this.#undoRules.get(token)
      if (rules !== undefined) {
        this.changeRules(rules)
        return { restored: 1, kept: 0 }
      }
      const before = this.#undo.get(token)
      if (before === undefined) return { restored: 0, kept: 0 }
      this.#rows = before
      this.change(
        before.slice(0, 50).map(({ id }) => id),
        (row) => row,
      )
      return { restored: 1, kept: 0 }
    },
    'queue.pause-all': ({ paused }) => {
      this.#engine = paused
        ? { kind: 'paused', error: null, pausedBy: 'person' }
        : { kind: 'working', error: null }
      this.tell({ engine: this.#engine })
      return { paused }
    },
    'transfer.look': ({ id }) => {
      const row = this.#rows.find((each) => each.id === id) ?? this.#rows[0]
      if (row === undefined) throw new Error('no such row')
      const facts = { row, sizeBytes: row.sizeBytes, modifiedAtMs: this.#nowMs - HOUR_MS }
      const none = { text: '', isCut: false, reason: null, error: null }
      if (isPictureName(row.fileName)) return { ...facts, ...none, preview: 'picture' }
      if (!row.fileName.endsWith('.json')) return { ...facts, ...none, preview: 'none' }
      const text = '{\n  "radius": { "small": 4, "large": 12 }\n}\n'.repeat(20)
      return { ...facts, ...none, preview: 'text', text, isCut: true }
    },
    'transfer.details': ({ id }) => {
      const row = this.#rows.find((each) => each.id === id) ?? this.#rows[0]
      if (row === undefined) throw new Error('no such row')
      return detailsOnStage(row, {
        partCount: this.#options.partCount ?? 540,
        nowMs: this.#nowMs,
        view,
      })
    },
    'destination.check': (input) => checkOnStage(input, view, this.#nowMs),
    'places.list': (input) => listOnStage(input, view, this.#nowMs),
    'places.make-folder': ({ name }) => ({
      entry: folderOnStage('fldcnMade', name),
      wasThere: false,
    }),
    'destination.recent': () => ({
      recent:
        this.#rows.length === 0
          ? []
          : ['宣传素材库', '合同', 'Finance 2026'].map((label, index) => ({
              destination: { kind: 'folder', folderToken: `fld${index}` },
              names: { title: label, table: null, field: null, sheet: null },
              text: `folder:fld${index}`,
              name: placeNamed('folder', label),
              link: null,
              usedAtMs: this.#nowMs - index * HOUR_MS,
            })),
    }),
    'files.take-offered': ({ id }) => {
      const paths = this.#offered?.id === id ? this.#offered.paths : []
      this.#offered = undefined
      this.tell({ offered: null })
      // A path without an extension is a folder here.
      return { paths: [...paths], folders: paths.filter((path) => !/\.\w+$/.test(path)) }
    },
    'history.window': ({ offset, limit, search, result }) => {
      const rows = this.#settled(search, result)
      return {
        rows: rows.slice(offset, offset + limit),
        total: rows.length,
        revision: this.#revision,
      }
    },
    'history.export': ({ search, result }) => ({
      fileName: 'feidi-history.csv',
      text: '\ufeffname\r\n',
      rows: this.#settled(search, result).length,
      truncated: false,
    }),
    'rules.list': () => ({ rules: this.#rules, revision: this.#revision }),
    'rules.save': ({ id, rule }) => {
      if (rule.folder === '/') {
        const error = view({ code: 'rule-folder-is-disk', detail: '/', atMs: this.#nowMs })
        return { kind: 'refused', problems: [{ field: 'folder', error }] }
      }
      const at = this.#rules.findIndex((each) => each.id === id)
      const { destination: text, noticing, ...wishes } = rule
      const before = this.#rules[at] ?? makeRule(this.#rules.length + 100, this.#nowMs)
      const saved: StagedRule = {
        ...before,
        ...wishes,
        destinationText: text,
        noticing: noticing ?? 'events',
      }
      this.changeRules(at < 0 ? [...this.#rules, saved] : this.#rules.with(at, saved))
      return { kind: 'saved', rule: saved, warnings: [] }
    },
    'rules.remove': ({ id }) => {
      const before = this.#rules
      const token = `rules-${this.#undoRules.size}`
      this.#undoRules.set(token, before)
      this.changeRules(before.filter((rule) => rule.id !== id))
      return { undo: { token, untilMs: Date.now() + 8_000 } }
    },
    'rules.confirm': ({ id }) => {
      const state = { kind: 'watching' as const, files: 12, waiting: 0 }
      this.changeRules(
        this.#rules.map((rule) =>
          rule.id === id ? { ...rule, standing: { ...rule.standing, state } } : rule,
        ),
      )
      return {}
    },
    'rules.approve': ({ id }) => this.#follow(id, { pending: 0, stop: null }),
    'rules.stop-following': ({ id }) => this.#follow(id, null),
    'rules.set-enabled': ({ id, enabled }) => {
      this.changeRules(
        this.#rules.map((rule) => {
          if (rule.id !== id) return rule
          const state = enabled
            ? { kind: 'watching' as const, files: 12, waiting: 0 }
            : { kind: 'paused' as const }
          return { ...rule, enabled, standing: { ...rule.standing, state } }
        }),
      )
      return { enabled }
    },
    'rules.preview': ({ rule, offset, limit }) =>
      stagedPreview(offset, limit, rule.include.length > 0),
    'settings.get': () => ({ settings: this.#settings }),
    'settings.set': ({ change }) => {
      this.#settings = { ...this.#settings, ...(change as Partial<AppSettings>) }
      return { settings: this.#settings }
    },
    'proxy.get': () => this.#proxy,
    'proxy.set': ({ proxy, password }) => {
      const hasPassword = password === undefined ? this.#proxy.hasPassword : password !== null
      this.#proxy = { ...proxy, hasPassword }
      return this.#proxy
    },
    'network.test': () =>
      this.#proxy.host === 'wrong.example.com'
        ? {
            host: 'open.feishu.cn',
            via: 'wrong.example.com:8080',
            durationMs: 12,
            clockOffsetMs: null,
            error: view({ code: 'proxy-refused', atMs: this.#nowMs, httpStatus: 407 }),
          }
        : {
            host: 'open.feishu.cn',
            via: this.#proxy.kind === 'manual' ? `${this.#proxy.host}:${this.#proxy.port}` : null,
            durationMs: 84,
            clockOffsetMs: 1_200,
            error: null,
          },
  }

  #state(): LiveState {
    const { adding = [], troubles = [] } = this.#options
    const offered = this.#offered
    return liveStateOnStage({
      rows: this.#rows,
      rules: this.#rules,
      engine: this.#engine,
      adding,
      offered: offered ? { id: offered.id, count: offered.paths.length } : null,
      revision: this.#revision,
      troubles,
      nowMs: this.#nowMs,
    })
  }

  #remember(): string {
    const token = `undo-${this.#undo.size}`
    this.#undo.set(token, this.#rows)
    return token
  }

  /** Rows that a selection takes in by its filter. */
  #chosen(selection: QueueSelection): ReadonlySet<TransferRow> {
    if (!('filter' in selection)) return new Set()
    const { filter } = selection
    const filters =
      'groups' in selection ? selection.groups.map((group) => ({ ...filter, group })) : [filter]
    return new Set(filters.flatMap((each) => this.#filtered(each)))
  }

  #filtered({ tab, search, trouble, group, criteria = {} }: QueueFilter): TransferRow[] {
    const kinds = TAB_KINDS[tab]
    const wanted = search.toLowerCase()
    return this.#rows.filter(
      (row) =>
        kinds.includes(row.state.kind) &&
        row.fileName.toLowerCase().includes(wanted) &&
        (group === undefined || groupOfRow(row, this.#options.groups ?? []) === group) &&
        (trouble === undefined || hasFailedOf(row, trouble)) &&
        (criteria.types?.includes(fileType(row.fileName)) ?? true) &&
        row.sizeBytes >= (criteria.atLeastBytes ?? 0) &&
        row.sizeBytes < (criteria.belowBytes ?? Number.POSITIVE_INFINITY),
    )
  }

  #settled(search: string, result: string) {
    return this.#rows
      .filter(({ state: { kind } }) => ['done', 'failed', 'skipped', 'cancelled'].includes(kind))
      .filter(({ state: { kind } }) => result === 'all' || kind === result)
      .filter(({ fileName }) => fileName.includes(search))
      .map((row, index) => ({ ...row, settledAtMs: this.#nowMs - index * 2.3 * HOUR_MS }))
  }
}

function hasFailedOf({ state, destination }: TransferRow, trouble: TroubleFilter): boolean {
  if (state.kind !== 'failed' && state.kind !== 'blocked') return false
  const isThere =
    trouble.destination === null ||
    JSON.stringify(trouble.destination) === JSON.stringify(destination)
  return state.error.code === trouble.code && isThere
}

function sorted(rows: TransferRow[], { by, direction }: RequestInput<'queue.window'>['sort']) {
  if (by !== 'name' && by !== 'size') return rows
  const sign = direction === 'ascending' ? 1 : -1
  return rows.toSorted((a, b) =>
    by === 'size'
      ? sign * (a.sizeBytes - b.sizeBytes)
      : sign * a.fileName.localeCompare(b.fileName),
  )
}

function after(action: QueueAction, state: TransferState): TransferState {
  switch (action) {
    case 'pause':
      return { kind: 'paused' }
    case 'cancel':
      return { kind: 'cancelled' }
    case 'resume':
    case 'retry':
      return { kind: 'queued' }
    default:
      return state
  }
}

function failed(row: TransferRow, atMs: number): TransferRow {
  const destination = { kind: 'folder', folderToken: 'fldFull' } as const
  const state = { kind: 'failed', error: { code: 1062507, atMs } } as const
  return { ...row, destination, state }
}

function renamed(row: TransferRow, end: string): TransferRow {
  const { fileName, path, destinationName } = row
  return {
    ...row,
    fileName: fileName + end,
    path: path + end,
    destinationName: { ...destinationName, path: destinationName.path.map((name) => name + end) },
  }
}
