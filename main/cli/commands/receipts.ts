import { resolve } from 'node:path'
import { csvLines, toCsv } from '#main/app/api/csv.ts'
import {
  RECEIPT_HEADINGS,
  type Receipt,
  receiptJson,
  receiptLine,
  receiptsOf,
} from '#main/app/receipts.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { formatMoment } from '#shared/text/format.ts'
import type { Language } from '#shared/text/language.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { shortPath } from '../report/human-lines.ts'
import type { Session } from '../session.ts'
import { formatBytes } from '../units.ts'

export interface ReceiptsOptions {
  readonly csv?: boolean
}

/** `feidi receipts [PATH...]`: what was noted when uploads finished, as a list, JSON lines or CSV. */
export async function receipts(
  { settings: { home, json, language }, output }: Session,
  paths: readonly string[],
  { csv = false }: ReceiptsOptions,
): Promise<ExitCode> {
  if (csv && json) throw new TransferError('usage', { detail: '--csv, --json' })
  const found = receiptsOf(
    home,
    paths.map((path) => resolve(path)),
  )
  if (csv) {
    output.table(toCsv([RECEIPT_HEADINGS]))
    for (const receipt of found) output.table(csvLines([receiptLine(receipt)]))
  } else {
    for (const receipt of found) {
      if (json) output.json({ type: 'receipt', ...receiptJson(receipt) })
      else output.say(lineOf(receipt, language))
    }
  }
  return EXIT.allDone
}

function lineOf({ landedAtMs, path, fingerprint, fileToken }: Receipt, language: Language): string {
  const size = formatBytes(fingerprint.sizeBytes)
  return `${formatMoment(landedAtMs, language)}  ${shortPath(path)}  ${size}  ${fileToken}`
}
