/** Pictures that float over a sheet, one below the other. */
import { type CallContext, OutcomeUnknown } from '#main/engine/ports.ts'
import { mostTries } from '#shared/errors/policy-for.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { DocumentOptions } from './base-records.ts'
import type { Sheet } from './document-api.ts'

type SheetDestination = Extract<Destination, { kind: 'sheet' }>

/** Rows from one picture to the next. */
const ROWS_APART = 20
/** Columns to the right once the sheet has no more rows. */
const COLUMNS_APART = 6
/** A new sheet has so many. */
const USUAL_ROWS = 200
/** Tries before the file has to wait, unless the catalogue has a number for the code. */
const MOST_TRIES = 3

export class FloatImages {
  readonly #options: Pick<DocumentOptions, 'calls' | 'rhythms'>
  readonly #sheets = new Map<string, Sheet>()

  constructor(options: Pick<DocumentOptions, 'calls' | 'rhythms'>) {
    this.#options = options
  }

  async attach(
    destination: SheetDestination,
    fileToken: string,
    context: CallContext,
  ): Promise<void> {
    const { calls, rhythms } = this.#options
    const { spreadsheetToken } = destination
    const { sheetId, rowCount } = await this.sheetOf(destination, context)
    await rhythms.sheets.hold(`${spreadsheetToken}/${sheetId}`, context, async () => {
      let refusal: TransferError | undefined
      for (let tries = 0; ; tries++) {
        // There is no token of ours to send along: what is there tells whether it was done.
        const images = await calls.floatImages({ spreadsheetToken, sheetId }, context)
        if (images.some((image) => image.fileToken === fileToken)) return
        if (refusal !== undefined && tries >= mostTries(refusal, MOST_TRIES)) throw refusal
        const cell = cellFor(images.length, rowCount)
        const image = { fileToken, range: `${sheetId}!${cell}:${cell}` }
        try {
          await calls.createFloatImage({ spreadsheetToken, sheetId, image }, context)
          return
        } catch (error) {
          if (!(error instanceof OutcomeUnknown)) throw error
          refusal = error.error
        }
      }
    })
  }

  /**
   * The sheet that was asked for, else the first one.
   * @throws TransferError `sheet-missing`
   */
  async sheetOf(
    { spreadsheetToken, sheetId }: SheetDestination,
    context: CallContext,
  ): Promise<Sheet> {
    const key = `${spreadsheetToken}/${sheetId ?? ''}`
    const known = this.#sheets.get(key)
    if (known !== undefined) return known
    const sheets = await this.#options.calls.sheets({ spreadsheetToken }, context)
    const grids = sheets.filter(({ rowCount }) => rowCount !== undefined)
    const sheet = sheetId === undefined ? grids[0] : sheets.find((each) => each.sheetId === sheetId)
    if (sheet === undefined) {
      throw new TransferError('sheet-missing', { ...(sheetId && { detail: sheetId }) })
    }
    this.#sheets.set(key, sheet)
    return sheet
  }
}

/** The cell that the next picture hangs on: below the others, then to the right of them. */
export function cellFor(imagesThere: number, rowCount = USUAL_ROWS): string {
  const perColumn = Math.max(1, Math.floor((rowCount - 1) / ROWS_APART) + 1)
  const row = (imagesThere % perColumn) * ROWS_APART + 1
  const column = Math.floor(imagesThere / perColumn) * COLUMNS_APART
  // A sheet has 20 columns at first.
  return `${String.fromCharCode(65 + (column % 18))}${row}`
}
