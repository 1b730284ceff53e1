/** 电子表格: spreadsheets with their sheets and floating images. */
import type { Drive } from './drive.ts'
import { Refusal } from './refusal.ts'
import type { TokenMint } from './token-mint.ts'

interface NewSheet {
  /** Minted when absent. */
  readonly id?: string
  readonly title?: string
  readonly hidden?: boolean
  /** 获取工作表 · resource_type: a sheet of another kind, such as `bitable`, takes no images. */
  readonly resourceType?: string
}

export interface NewSpreadsheet {
  /** Minted when absent. */
  readonly token?: string
  readonly title?: string
  /** Folder it lies in; the root when absent. */
  readonly parentToken?: string
  /** One sheet when absent. */
  readonly sheets?: readonly NewSheet[]
}

export interface Sheet {
  readonly sheetId: string
  readonly title: string
  readonly hidden: boolean
  readonly resourceType: string
}

export interface FloatImage {
  readonly imageId: string
  readonly sheetId: string
  readonly fileToken: string
  /** `sheetId!A1:A1`. */
  readonly range: string
}

export class Spreadsheet {
  readonly token: string
  readonly title: string
  readonly sheets: readonly Sheet[]
  readonly images: FloatImage[] = []

  constructor(token: string, spec: NewSpreadsheet, mint: TokenMint) {
    this.token = token
    this.title = spec.title ?? '电子表格'
    this.sheets = (spec.sheets ?? [{}]).map((sheet, index) => ({
      sheetId: sheet.id ?? mint.next('').slice(-6),
      title: sheet.title ?? `Sheet${index + 1}`,
      hidden: sheet.hidden ?? false,
      resourceType: sheet.resourceType ?? 'sheet',
    }))
  }

  /** The first sheet: most spreadsheets of tests have one. */
  get sheetId(): string {
    return this.sheets[0]?.sheetId ?? ''
  }
}

export class Spreadsheets {
  readonly #mint: TokenMint
  readonly #drive: Drive
  readonly #spreadsheets = new Map<string, Spreadsheet>()

  constructor(mint: TokenMint, drive: Drive) {
    this.#mint = mint
    this.#drive = drive
  }

  get all(): Spreadsheet[] {
    return [...this.#spreadsheets.values()]
  }

  /** Adds a spreadsheet made in the Feishu client. */
  add(spec: NewSpreadsheet = {}): Spreadsheet {
    const spreadsheet = new Spreadsheet(spec.token ?? this.#mint.next('shtcn'), spec, this.#mint)
    this.#drive.add(spec.parentToken ?? '', spreadsheet.title, 'sheet', spreadsheet.token)
    this.#spreadsheets.set(spreadsheet.token, spreadsheet)
    return spreadsheet
  }

  /** 1310249 when it was deleted, 1310214 when there never was one. */
  require(token: string): Spreadsheet {
    if (this.#drive.isRemoved(token)) throw new Refusal(1310249)
    const spreadsheet = this.#spreadsheets.get(token)
    if (spreadsheet === undefined) throw new Refusal(1310214)
    return spreadsheet
  }
}
