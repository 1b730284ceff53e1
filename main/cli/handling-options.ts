import { TransferError } from '#shared/errors/transfer-error.ts'
import { PERSON_NAME } from '#shared/model/person-name.ts'
import type { Handling } from '#shared/model/transfer.ts'
import { wrong } from './option-values.ts'

export interface HandlingOptions {
  readonly sameName?: string
  readonly shareWith?: string
  readonly asDocument?: boolean
  readonly tables?: string
  readonly orFile?: boolean
}

/** The values of `--tables`. */
const TABLES = { sheet: 'sheet', base: 'bitable' } as const

/** The values of `--same-name`; keeping both is Feishu's own behaviour. */
const SAME_NAME = {
  'keep-both': {},
  skip: { sameName: 'skip' },
  overwrite: { sameName: 'overwrite' },
} as const satisfies Record<string, Handling>

/** @throws TransferError `usage` for a value that makes no sense */
export function readHandling(options: HandlingOptions): Handling {
  const { sameName = 'keep-both', shareWith } = options
  if (!Object.hasOwn(SAME_NAME, sameName)) {
    const allowed = Object.keys(SAME_NAME).join(', ')
    throw new TransferError('usage', { detail: `--same-name ${sameName} (${allowed})` })
  }
  const person = personOf(shareWith)
  return {
    ...SAME_NAME[sameName as keyof typeof SAME_NAME],
    ...(person !== undefined && { shareWith: person }),
    ...readAsDocument(options),
  }
}

function readAsDocument({
  asDocument = false,
  ...options
}: HandlingOptions): Pick<Handling, 'asDocument'> {
  if (asDocument) return { asDocument: readDocumentOptions(options) }
  demandNoDocumentOptions(options)
  return {}
}

/** @throws TransferError `usage` for what makes sense with `--as-document` only */
export function demandNoDocumentOptions({ tables, orFile }: HandlingOptions): void {
  if (tables === undefined && orFile === undefined) return
  throw new TransferError('usage', { detail: '--tables, --or-file: --as-document' })
}

/**
 * Returns what `--tables` and `--or-file` say about documents.
 * @throws TransferError `usage` for a value that makes no sense
 */
export function readDocumentOptions({
  tables,
  orFile = false,
}: Pick<HandlingOptions, 'tables' | 'orFile'>): NonNullable<Handling['asDocument']> {
  if (tables !== undefined && !Object.hasOwn(TABLES, tables)) {
    throw wrong('--tables', tables, Object.keys(TABLES).join(', '))
  }
  return {
    ...(tables !== undefined && { tables: TABLES[tables as keyof typeof TABLES] }),
    ...(orFile && { orFile }),
  }
}

/**
 * Returns the person that `--share-with` names.
 * @throws TransferError `usage` for what cannot be a person
 */
export function personOf(text: string | undefined): string | undefined {
  if (text === undefined || PERSON_NAME.test(text)) return text
  throw new TransferError('usage', { detail: `--share-with ${text} (ou_… | name@example.com)` })
}
