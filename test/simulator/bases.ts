/** 多维表格: Bases with their tables, fields and records. */
import type { SimulatorClock } from './clock.ts'
import type { Drive } from './drive.ts'
import { MAX_ATTACHMENTS, MAX_RECORDS } from './limits.ts'
import { Refusal } from './refusal.ts'
import type { TokenMint } from './token-mint.ts'

/** 字段编辑指南 · type, as far as it is modelled; fields of any other type take no values. */
export const FIELD_TYPE = {
  text: 1,
  number: 2,
  singleSelect: 3,
  multiSelect: 4,
  date: 5,
  checkbox: 7,
  url: 15,
  attachment: 17,
  formula: 20,
} as const

interface NewField {
  readonly name: string
  readonly type: keyof typeof FIELD_TYPE
}

interface NewTable {
  /** `tbl…`; minted when absent. */
  readonly id?: string
  readonly name?: string
  /** A text field and an attachment field when absent. */
  readonly fields?: readonly NewField[]
  /** 新增记录 · 注意事项: a table that is synced from elsewhere takes no records. */
  readonly readOnly?: boolean
  readonly maxRecords?: number
}

/** The rules that a test may change at any time. */
export interface BaseRules {
  /** 1254302 for every identity that may not manage the Base. */
  advancedPermission: boolean
  /** 多维表格常见问题: fresh tables, fields and records are "not found" for so long, as replicas lag. */
  lagMs: number
  /** More writes a second to one table are 1254290. */
  writesPerSecond: number
  /** 1254106; the page does not give the number. */
  maxAttachments: number
  /**
   * The answer to a write with a `client_token` already used for the same write: as before, or
   * 1254608.
   */
  secondWrite: 'same-record' | 'refused'
  /** True when attachments can be added without writing the whole list; no page knows that call. */
  takesAppends: boolean
}

export interface NewBase extends Partial<BaseRules> {
  /** Minted when absent. */
  readonly token?: string
  readonly name?: string
  /** Folder it lies in; the root when absent. */
  readonly parentToken?: string
  /** One table when absent. */
  readonly tables?: readonly NewTable[]
}

export interface BaseField {
  readonly fieldId: string
  readonly name: string
  readonly type: number
}

export interface BaseRecord {
  readonly recordId: string
  /** By field name; an attachment is a list of `{file_token}`. */
  readonly fields: Readonly<Record<string, unknown>>
}

interface StoredRecord extends BaseRecord {
  readonly createdAtMs: number
}

export class BaseTable {
  readonly tableId: string
  readonly name: string
  readonly fields: readonly BaseField[]
  readonly createdAtMs: number
  readonly maxRecords: number
  readOnly: boolean
  readonly records = new Map<string, StoredRecord>()
  /** Counts changes. */
  revision = 0
  /** When the writes of the last second came. */
  recentWritesMs: number[] = []

  constructor(spec: NewTable, mint: TokenMint, nowMs: number) {
    this.tableId = spec.id ?? mint.next('tbl')
    this.name = spec.name ?? '数据表'
    this.fields = (spec.fields ?? DEFAULT_FIELDS).map(({ name, type }) => ({
      fieldId: mint.next('fld'),
      name,
      type: FIELD_TYPE[type],
    }))
    this.createdAtMs = nowMs
    this.maxRecords = spec.maxRecords ?? MAX_RECORDS
    this.readOnly = spec.readOnly ?? false
  }
}

const DEFAULT_FIELDS = [
  { name: '文本', type: 'text' },
  { name: '附件', type: 'attachment' },
] as const

export class Base {
  readonly token: string
  readonly name: string
  readonly rules: BaseRules
  readonly tables = new Map<string, BaseTable>()

  constructor(token: string, spec: NewBase) {
    this.token = token
    this.name = spec.name ?? '多维表格'
    this.rules = {
      advancedPermission: spec.advancedPermission ?? false,
      lagMs: spec.lagMs ?? 0,
      writesPerSecond: spec.writesPerSecond ?? Number.POSITIVE_INFINITY,
      maxAttachments: spec.maxAttachments ?? MAX_ATTACHMENTS,
      secondWrite: spec.secondWrite ?? 'same-record',
      takesAppends: spec.takesAppends ?? true,
    }
  }

  /** The first table: most Bases of tests have one. */
  get tableId(): string {
    const [tableId] = this.tables.keys()
    if (tableId === undefined) throw new Error('the Base has no table')
    return tableId
  }
}

export class Bases {
  readonly #clock: SimulatorClock
  readonly #mint: TokenMint
  readonly #drive: Drive
  readonly #bases = new Map<string, Base>()

  constructor(clock: SimulatorClock, mint: TokenMint, drive: Drive) {
    this.#clock = clock
    this.#mint = mint
    this.#drive = drive
  }

  get all(): Base[] {
    return [...this.#bases.values()]
  }

  /** Adds a Base made in the Feishu client. */
  add(spec: NewBase = {}): Base {
    const base = new Base(spec.token ?? this.#mint.next('bascn'), spec)
    this.#drive.add(spec.parentToken ?? '', base.name, 'bitable', base.token)
    this.#bases.set(base.token, base)
    for (const table of spec.tables ?? [{}]) this.addTable(base.token, table)
    return base
  }

  addTable(appToken: string, spec: NewTable): BaseTable {
    const table = new BaseTable(spec, this.#mint, this.#clock.nowMs())
    this.require(appToken).tables.set(table.tableId, table)
    return table
  }

  /** 1254040 when there is none (any more). */
  require(appToken: string): Base {
    const base = this.#drive.isRemoved(appToken) ? undefined : this.#bases.get(appToken)
    if (base === undefined) throw new Refusal(1254040)
    return base
  }

  /** 1254041 when there is none, or none that a lagging replica knows. */
  table(appToken: string, tableId: string): BaseTable {
    const base = this.require(appToken)
    const table = base.tables.get(tableId)
    if (table === undefined || this.#isFresh(base, table.createdAtMs)) throw new Refusal(1254041)
    return table
  }

  /** 1254043 when there is none, or none that a lagging replica knows. */
  record(appToken: string, tableId: string, recordId: string): StoredRecord {
    const record = this.table(appToken, tableId).records.get(recordId)
    if (record === undefined || this.#isFresh(this.require(appToken), record.createdAtMs)) {
      throw new Refusal(1254043)
    }
    return record
  }

  /** In order of creation; those that a lagging replica does not know yet are left out. */
  recordsOf(appToken: string, tableId: string): StoredRecord[] {
    const base = this.require(appToken)
    const records = [...this.table(appToken, tableId).records.values()]
    return records.filter(({ createdAtMs }) => !this.#isFresh(base, createdAtMs))
  }

  /** 1254103 when the table is full. All or nothing. */
  addRecords(table: BaseTable, rows: readonly BaseRecord['fields'][]): StoredRecord[] {
    if (table.records.size + rows.length > table.maxRecords) throw new Refusal(1254103)
    const createdAtMs = this.#clock.nowMs()
    return rows.map((fields) => this.#store(table, this.#mint.next('rec'), fields, createdAtMs))
  }

  /** 更新记录: only the fields given change; the value of an attachment field is replaced. */
  update(table: BaseTable, old: StoredRecord, fields: BaseRecord['fields']): StoredRecord {
    const merged = { ...old.fields, ...fields }
    return this.#store(table, old.recordId, merged, old.createdAtMs)
  }

  #store(
    table: BaseTable,
    recordId: string,
    fields: BaseRecord['fields'],
    createdAtMs: number,
  ): StoredRecord {
    const set = Object.entries(fields).filter(([, value]) => value !== null)
    const record = { recordId, fields: Object.fromEntries(set), createdAtMs }
    table.records.set(recordId, record)
    table.revision++
    return record
  }

  #isFresh(base: Base, createdAtMs: number): boolean {
    return this.#clock.nowMs() < createdAtMs + base.rules.lagMs
  }
}
