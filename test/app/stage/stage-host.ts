/**
 * A host with a queue in memory: it speaks the contract (every answer is checked against it) and lets
 * a test put the app into any state at once. What uploads really do is tested with the real host.
 */

import { explain } from '#shared/errors/explain.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
import type { AccountList, AccountView, SignInView } from '#shared/ipc/account-channels.ts'
import {
  type Answer,
  isRequestChannel,
  REQUESTS,
  type RequestChannel,
  type RequestInput,
  type RequestOutput,
} from '#shared/ipc/contract.ts'
import {
  type LiveEvent,
  type LivePatch,
  type LiveState,
  liveEventSchema,
} from '#shared/ipc/live-state.ts'
import type { ProxyView } from '#shared/ipc/network-channels.ts'
import type { QueueAction, QueueFilter, Tab } from '#shared/ipc/queue-channels.ts'
import { type AppSettings, appSettingsSchema } from '#shared/ipc/settings-schema.ts'
import type { ErrorView, TransferRow } from '#shared/ipc/value-schemas.ts'
import { REDIRECT_ADDRESSES, SIGN_IN_SCOPES } from '#shared/model/account.ts'
import type { TransferState, TransferStateKind } from '#shared/model/transfer.ts'
import { ACTION_KINDS } from '#shared/transfer/action-kinds.ts'
import { checkOnStage } from './places.ts'
import { makeRow } from './rows.ts'
import { makeRule, type StagedRule, stagedPreview } from './rules.ts'

export interface StageOptions {
  readonly rows?: number
  readonly rules?: number
  /** Whose the rules are, one after the other; whoever is in use unless told. */
  readonly ruleAccounts?: readonly (string | null)[]
  readonly settings?: Partial<AppSettings>
  readonly engine?: LiveState['engine']
  readonly accounts?: readonly AccountView[]
  readonly troubles?: LiveState['accounts']['troubles']
  readonly adding?: LiveState['adding']
  readonly partCount?: number
  /** What the host says of itself, where that is not `feidi serve`. */
  readonly info?: Partial<RequestOutput<'app.info'>>
  /** When it all takes place; now, unless pictures are to look the same every time. */
  readonly nowMs?: number
}

export const APP_ACCOUNT: AccountView = {
  identity: 'app:cli_a5ca35a685b0x26e@open.feishu.cn',
  kind: 'app',
  name: 'cli_a5ca35a685b0x26e',
  appId: 'cli_a5ca35a685b0x26e',
  brand: 'feishu',
  host: 'open.feishu.cn',
  source: 'stored',
  isInUse: true,
}

export const PERSON: AccountView = {
  ...APP_ACCOUNT,
  identity: 'user:ou_lin@cli_a5ca35a685b0x26e@open.feishu.cn',
  kind: 'user',
  name: '林晓',
}

type Handlers = { [C in RequestChannel]: (input: RequestInput<C>) => RequestOutput<C> }

const HOUR_MS = 3_600_000

const TAB_KINDS: Readonly<Record<Exclude<Tab, 'all'>, readonly TransferStateKind[]>> = {
  active: ['preparing', 'sending', 'finishing', 'attaching'],
  waiting: ['queued', 'waiting', 'paused'],
  attention: ['blocked', 'failed'],
  done: ['done', 'skipped', 'cancelled'],
}

const KINDS = Object.values(TAB_KINDS).flat()

const LOG_LINES = [
  '2026-11-25T09:12:40.188Z info  host begins {"host":"web","version":"0.1.0","pid":4242}',
  '2026-11-25T09:12:40.430Z info  call auth/v3/tenant_access_token/internal {"ms":132,"status":200,"logId":"20261125171240C3"}',
  '2026-11-25T09:12:41.002Z info  call drive/v1/files/upload_part {"seq":36,"ms":640,"status":200,"logId":"20261125171241A0"}',
  '2026-11-25T09:12:41.977Z warn  call drive/v1/files/upload_part {"seq":37,"ms":311,"status":500,"logId":"20261125171241F7","code":1061001}',
  '2026-11-25T09:12:43.512Z error engine ended: account-blocked {"error":{"code":99991672}}',
]

export class StageHost {
  readonly asked: { channel: string; input: unknown }[] = []
  /** Requests are answered with this instead. */
  failing: ErrorInfo | undefined
  #rows: TransferRow[]
  #rules: StagedRule[]
  #settings: AppSettings
  #engine: LiveState['engine']
  #known: AccountView[]
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
      makeRow(index, this.#nowMs),
    )
    this.#rules = Array.from({ length: options.rules ?? 0 }, (_, index) =>
      makeRule(index, this.#nowMs, options.ruleAccounts?.[index]),
    )
    this.#settings = appSettingsSchema.parse({ welcomed: true, ...options.settings })
    this.#engine = options.engine ?? { kind: options.rows ? 'working' : 'idle', error: null }
    this.#known = [...(options.accounts ?? [APP_ACCOUNT])]
  }

  signInView(method: SignInView['method'], more: Partial<SignInView> = {}): SignInView {
    return {
      id: 'sign-in-1',
      method,
      stage: 'waiting',
      url: 'https://accounts.feishu.cn/open-apis/authen/v1/authorize?client_id=cli_demo',
      userCode: method === 'device' ? 'WDJB-MJHT' : null,
      expiresAtMs: method === 'device' ? this.#nowMs + 240_000 : null,
      name: null,
      error: null,
      ...more,
    }
  }

  /** What the host tells of a sign-in while it goes on. */
  tellSignIn(signIn: SignInView | null): void {
    const isKnown = this.#known.some(({ identity }) => identity === PERSON.identity)
    if (signIn?.stage === 'done' && !isKnown) this.#known.push({ ...PERSON, isInUse: false })
    this.tell({ accounts: { revision: 1, troubles: [], signIn } })
  }

  get rows(): readonly TransferRow[] {
    return this.#rows
  }

  get rules(): readonly StagedRule[] {
    return this.#rules
  }

  /** Nothing can be taken back any more. */
  forgetUndo(): void {
    this.#undo.clear()
  }

  get settings(): AppSettings {
    return this.#settings
  }

  answer = async (channel: unknown, input: unknown): Promise<Answer<unknown>> => {
    if (!isRequestChannel(channel))
      return { ok: false, error: this.#view({ code: 'internal', atMs: 0 }) }
    this.asked.push({ channel, input })
    if (this.failing !== undefined) return { ok: false, error: this.#view(this.failing) }
    const parsed = REQUESTS[channel].input.parse(input)
    const handle = this.#handlers[channel] as (input: unknown) => unknown
    return { ok: true, value: REQUESTS[channel].output.parse(handle(parsed)) }
  }

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
    const { counts, overall, revision } = this.#state()
    this.tell({ rows: changed.slice(0, 200), counts, overall, revision })
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

  readonly #handlers: Handlers = {
    'queue.window': ({ offset, limit, sort, ...filter }) => {
      const rows = sorted(this.#filtered(filter), sort)
      return {
        rows: rows.slice(offset, offset + limit),
        total: rows.length,
        revision: this.#revision,
      }
    },
    'queue.counts': () => this.#state().counts,
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
        unchanged: 0,
        complete: true,
        undo: { token, untilMs: Date.now() + 8_000 },
      }
    },
    'queue.act': ({ selection, action }) => {
      const wanted = new Set('ids' in selection ? selection.ids : [])
      const ids = ('ids' in selection ? this.#rows : this.#filtered(selection.filter))
        .filter(({ id }) => 'filter' in selection || wanted.has(id))
        .filter(({ state }) => ACTION_KINDS[action].has(state.kind))
        .map(({ id }) => id)
      const canUndo = action === 'cancel' || action === 'to-top'
      const undo = canUndo ? { token: this.#remember(), untilMs: Date.now() + 8_000 } : null
      if (action === 'to-top') {
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
      const rows = 'ids' in selection ? this.#rows : this.#filtered(selection.filter)
      const ids = 'ids' in selection ? new Set(selection.ids) : undefined
      return {
        sentBytes: rows
          .filter(({ id }) => ids === undefined || ids.has(id))
          .filter(({ state }) => state.kind !== 'done')
          .reduce((sum, { sentBytes }) => sum + sentBytes, 0),
      }
    },
    'queue.undo': ({ token }) => {
      const rules = this.#undoRules.get(token)
      if (rules !== undefined) {
        this.changeRules(rules)
        return { restored: 1 }
      }
      const before = this.#undo.get(token)
      if (before === undefined) return { restored: 0 }
      this.#rows = before
      this.change(
        before.slice(0, 50).map(({ id }) => id),
        (row) => row,
      )
      return { restored: 1 }
    },
    'queue.pause-all': ({ paused }) => {
      this.#engine = paused
        ? { kind: 'paused', error: null, pausedBy: 'person' }
        : { kind: 'working', error: null }
      this.tell({ engine: this.#engine })
      return { paused }
    },
    'transfer.details': ({ id }) => this.#details(id),
    'transfer.parts': ({ from, limit }) => ({
      parts: Array.from({ length: Math.min(limit, 100) }, (_, step) => ({
        seq: from + step,
        sizeBytes: 4 * 1024 * 1024,
        checksum: (0x1a2b3c4d + from + step) >>> 0,
        acknowledgedAtMs: this.#nowMs - 60_000,
      })),
    }),
    'transfer.receipt': ({ id }) => ({
      fileName: 'a.pdf.feidi-receipt.json',
      text: JSON.stringify({ id }),
    }),
    'transfer.reveal': () => ({}),
    'destination.check': (input) => checkOnStage(input, (error) => this.#view(error), this.#nowMs),
    'destination.recent': () => ({
      recent:
        this.#rows.length === 0
          ? []
          : ['宣传素材库', '合同', 'Finance 2026'].map((label, index) => ({
              destination: { kind: 'folder', folderToken: `fld${index}` },
              names: { title: label, table: null, field: null, sheet: null },
              text: `folder:fld${index}`,
              label,
              link: null,
              usedAtMs: this.#nowMs - index * HOUR_MS,
            })),
    }),
    'files.pick': () => ({ paths: null }),
    'files.take-offered': ({ id }) => {
      const paths = this.#offered?.id === id ? this.#offered.paths : []
      this.#offered = undefined
      this.tell({ offered: null })
      // What has no ending is a folder here.
      return { paths: [...paths], folders: paths.filter((path) => !/\.\w+$/.test(path)) }
    },
    'folders.browse': ({ path }) => ({
      path: path ?? '/home/lin',
      parent: path === null ? '/home' : '/home/lin',
      roots: [
        { path: '/home/lin', label: 'lin' },
        { path: '/mnt/nas', label: 'nas' },
      ],
      entries: ['Documents', 'Pictures', '视频']
        .map((name) => ({
          name,
          path: `/home/lin/${name}`,
          kind: 'folder' as const,
          sizeBytes: 0,
          modifiedAtMs: this.#nowMs - 26 * HOUR_MS,
        }))
        .concat(
          ['合同-2026-12.pdf', 'poster.png', 'notes.txt'].map((name, index) => ({
            name,
            path: `/home/lin/${name}`,
            kind: 'file' as never,
            sizeBytes: 120_000 * (index + 1),
            modifiedAtMs: this.#nowMs - HOUR_MS,
          })),
        ),
      truncated: false,
    }),
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
        const error = this.#view({ code: 'rule-folder-is-disk', detail: '/', atMs: this.#nowMs })
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
    'rules.scan-now': () => ({}),
    'rules.preview': ({ rule, offset, limit }) =>
      stagedPreview(offset, limit, rule.include.length > 0),
    'rules.problems': () => ({
      total: 2,
      problems: [
        {
          kind: 'waiting',
          path: '/home/lin/工作/预算.xlsx',
          reason: 'locked',
          sinceMs: this.#nowMs - 90_000,
        },
        {
          kind: 'refused',
          path: '/home/lin/工作/太深/a/b/c/d.txt',
          error: this.#view({ code: 'folder-too-deep', detail: 'a/b', atMs: this.#nowMs }),
        },
      ],
    }),
    'settings.get': () => ({ settings: this.#settings }),
    'settings.set': ({ change }) => {
      this.#settings = { ...this.#settings, ...(change as Partial<AppSettings>) }
      return { settings: this.#settings, restart: [] }
    },
    'quota.today': () => ({
      day: '2026-11-23',
      resetsAtMs: this.#nowMs + 6 * HOUR_MS,
      endpoints: ['upload_all', 'upload_prepare', 'upload_part', 'upload_finish'].map(
        (call, index) => {
          const used = [1_204, 310, 6_832, 298][index] ?? 0
          return { endpoint: `drive/v1/files/${call}`, used, left: 10_000 - used, limit: 10_000 }
        },
      ),
      left: 3_168,
      limit: 10_000,
      needed: 1_450,
    }),
    'account.get': () => this.#inUse(),
    'accounts.list': () => this.#accounts(),
    'accounts.add-app': ({ appId, brand }) => {
      const host = brand === 'lark' ? 'open.larksuite.com' : 'open.feishu.cn'
      this.#known.push({
        ...{ identity: `app:${appId}@${host}`, kind: 'app', name: appId, appId, brand, host },
        ...{ source: 'stored', isInUse: this.#known.length === 0 },
      })
      return this.#accounts()
    },
    'accounts.sign-in': ({ method }) => ({ signIn: this.signInView(method) }),
    'accounts.cancel-sign-in': () => ({}),
    'accounts.use': ({ identity }) => {
      this.#known = this.#known.map((each) => ({ ...each, isInUse: each.identity === identity }))
      return this.#accounts()
    },
    'accounts.rename': ({ identity, name }) => {
      this.#known = this.#known.map((each) =>
        each.identity === identity ? { ...each, name } : each,
      )
      return this.#accounts()
    },
    'accounts.remove': ({ identity }) => {
      this.#known = this.#known.filter((each) => each.identity !== identity)
      return this.#accounts()
    },
    'app.info': () => ({
      version: '0.1.0',
      versions: { node: '24.21.0', sqlite: '3.51.0' },
      startedAtMs: this.#nowMs - 26 * HOUR_MS,
      processId: 4_242,
      host: 'web',
      platform: 'linux x64',
      home: '/home/lin/.local/share/feidi',
      systemLanguage: 'zh-CN',
      capabilities: {
        dialogs: false,
        browse: true,
        upload: true,
        reveal: false,
        startAtLogin: false,
        tray: false,
        battery: false,
      },
      mostUploadBytes: 2 ** 31,
      keyStorage: 'key-file' as const,
      ...this.#options.info,
    }),
    'diagnostics.export': ({ withFileNames }) => ({
      fileName: 'feidi-diagnostics.txt',
      text: withFileNames ? 'with names' : 'without names',
    }),
    'diagnostics.log': () => ({
      fileName: 'feidi-2026-11-25.log',
      text: LOG_LINES.join('\n'),
      truncated: false,
    }),
    'diagnostics.reveal': () => ({}),
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
            error: this.#view({ code: 'proxy-refused', atMs: this.#nowMs, httpStatus: 407 }),
          }
        : {
            host: 'open.feishu.cn',
            via: this.#proxy.kind === 'manual' ? `${this.#proxy.host}:${this.#proxy.port}` : null,
            durationMs: 84,
            clockOffsetMs: 1_200,
            error: null,
          },
    'network.certificates': () => ({
      certificates: [
        { subject: 'Example Corp Root CA', validUntilMs: this.#nowMs + 1e10, isAuthority: true },
      ],
    }),
  }

  #accounts(): AccountList {
    const known = this.#known.toSorted((a, b) => Number(b.isInUse) - Number(a.isInUse))
    return {
      accounts: known,
      redirectAddresses: REDIRECT_ADDRESSES,
      scopes: SIGN_IN_SCOPES,
    }
  }

  #inUse(): RequestOutput<'account.get'> {
    const [first] = this.#accounts().accounts
    if (first === undefined) return { kind: 'none', appId: null, brand: 'feishu', source: 'none' }
    const { kind, appId, brand, source } = first
    return { kind, appId, brand, source }
  }

  #remember(): string {
    const token = `undo-${this.#undo.size}`
    this.#undo.set(token, this.#rows)
    return token
  }

  #filtered({ tab, search }: Pick<QueueFilter, 'tab' | 'search'>): TransferRow[] {
    const kinds = tab === 'all' ? KINDS : TAB_KINDS[tab]
    const wanted = search.toLowerCase()
    return this.#rows.filter(
      (row) => kinds.includes(row.state.kind) && row.fileName.toLowerCase().includes(wanted),
    )
  }

  #settled(search: string, result: string) {
    return this.#rows
      .filter(({ state: { kind } }) => ['done', 'failed', 'skipped', 'cancelled'].includes(kind))
      .filter(({ state: { kind } }) => result === 'all' || kind === result)
      .filter(({ fileName }) => fileName.includes(search))
      .map((row, index) => ({ ...row, settledAtMs: this.#nowMs - index * 2.3 * HOUR_MS }))
  }

  #state(): LiveState {
    const count = (kind: TransferStateKind) =>
      this.#rows.reduce((sum, row) => sum + (row.state.kind === kind ? 1 : 0), 0)
    const byState = Object.fromEntries(KINDS.map((kind) => [kind, count(kind)])) as Record<
      TransferStateKind,
      number
    >
    const sum = (kinds: readonly TransferStateKind[]) =>
      kinds.reduce((total, kind) => total + byState[kind], 0)
    const byTab = {
      all: this.#rows.length,
      active: sum(TAB_KINDS.active),
      waiting: sum(TAB_KINDS.waiting),
      attention: sum(TAB_KINDS.attention),
      done: sum(TAB_KINDS.done),
    }
    const totalBytes = this.#rows.reduce((total, row) => total + row.sizeBytes, 0)
    const sentBytes = this.#rows.reduce((total, row) => total + row.sentBytes, 0)
    const isWorking = this.#engine.kind === 'working'
    return {
      counts: { byState, byTab },
      overall: {
        doneFiles: byTab.done,
        totalFiles: this.#rows.length,
        sentBytes,
        totalBytes,
        bytesPerSecond: isWorking ? 11.2 * 1024 * 1024 : 0,
        eta: isWorking
          ? { kind: 'at', atMs: this.#nowMs + HOUR_MS, quotaDays: 0 }
          : { kind: 'idle' },
      },
      engine: this.#engine,
      waiting: null,
      adding: this.#options.adding ?? [],
      callsLeft: 3_168,
      accounts: { revision: 0, troubles: [...(this.#options.troubles ?? [])], signIn: null },
      offered: this.#offered ? { id: this.#offered.id, count: this.#offered.paths.length } : null,
      rules: {
        revision: this.#revision,
        standings: Object.fromEntries(this.#rules.map(({ id, standing }) => [id, standing])),
      },
      revision: this.#revision,
      rows: Object.fromEntries(
        this.#rows
          .filter((row) => TAB_KINDS.active.includes(row.state.kind))
          .map((row) => [row.id, row]),
      ),
    }
  }

  #details(id: string): RequestOutput<'transfer.details'> {
    const row = this.#rows.find((each) => each.id === id) ?? this.#rows[0]
    if (row === undefined) throw new Error('no such row')
    const count = this.#options.partCount ?? 540
    const acknowledged = Math.round((row.sentBytes / row.sizeBytes) * count)
    const at = (minutes: number) => this.#nowMs - minutes * 60_000
    const { state } = row
    const isDone = state.kind === 'done'
    const begun = row.sentBytes > 0
    const error = 'error' in state ? this.#view(state.error) : null
    return {
      row,
      parts: begun
        ? {
            count,
            partBytes: 4 * 1024 * 1024,
            runs: [
              ...(acknowledged > 0
                ? [{ state: 'acknowledged' as const, from: 0, to: acknowledged - 1 }]
                : []),
              ...(state.kind === 'sending'
                ? [
                    {
                      state: 'in-flight' as const,
                      from: acknowledged,
                      to: Math.min(acknowledged + 1, count - 1),
                    },
                  ]
                : []),
            ],
          }
        : null,
      timeline: begun
        ? [
            { kind: 'queued', atMs: at(60) },
            { kind: 'prepared', atMs: at(59), partCount: count, partBytes: 4 * 1024 * 1024 },
            { kind: 'parts', atMs: at(41), from: 0, to: 36 },
            {
              kind: 'retried',
              atMs: at(40),
              error: { code: 'connection-lost', atMs: at(40), logId: '202611231612A0' },
            },
            { kind: 'resumed', atMs: at(31), seq: 37 },
            { kind: 'parts', atMs: at(1), from: 37, to: Math.max(acknowledged - 1, 37) },
            ...(isDone ? [{ kind: 'done' as const, atMs: at(0.5), fileToken: 'boxcn123' }] : []),
            ...(state.kind === 'failed'
              ? [{ kind: 'failed' as const, atMs: at(0), error: state.error }]
              : []),
          ]
        : [{ kind: 'queued', atMs: at(60) }],
      omitted: 0,
      transaction:
        begun && !isDone
          ? {
              uploadId: '7574389712345678901',
              preparedAtMs: at(59),
              expiresAtMs: at(59) + 24 * HOUR_MS,
            }
          : null,
      fingerprint: {
        dev: '2049',
        ino: '5240123',
        sizeBytes: row.sizeBytes,
        mtimeNs: String(BigInt(at(300).toFixed(0)) * 1_000_000n),
      },
      receipt: isDone
        ? {
            fileToken: 'boxcnrHpsg1QDqXAAAyachabcef',
            finishedAtMs: at(0.5),
            partBytes: 4 * 1024 * 1024,
            checksums: Array.from({ length: 80 }, (_, seq) => (seq * 2_654_435_761) >>> 0),
            partCount: count,
          }
        : null,
      error,
      destinationLink: 'https://example.feishu.cn/drive/folder/fldcnNew',
    }
  }

  #view(info: ErrorInfo): ErrorView {
    const zh = explain(info, 'zh-CN', { final: true })
    const en = explain(info, 'en', { final: true })
    return {
      ...info,
      message: { 'zh-CN': zh.message, en: en.message },
      remedy: { 'zh-CN': zh.remedy, en: en.remedy },
      actor: en.actor,
    }
  }
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
