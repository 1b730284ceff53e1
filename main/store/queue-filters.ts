import { sep } from 'node:path'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import type { Destination, TransferStateKind } from '#shared/model/transfer.ts'
import { FILE_TYPES, type FileType } from '#shared/transfer/file-type.ts'
import { ENDED, STATE_KINDS } from '#shared/transfer/state-kinds.ts'
import { STANDING_NUMBERS } from './standings.ts'
import { kindList, placeColumns } from './transfer-row.ts'

/** A word that a transfer has to contain, in its name, its path, or the name of its destination. */
export interface SearchWord {
  readonly text: string
  /** The destinations whose names contain the word. */
  readonly destinations: readonly Destination[]
}

/** The transfers of a list that a person wants to see. */
export interface ListFilter {
  readonly kinds: readonly TransferStateKind[]
  /** All of these, capitals or not; empty: everything. */
  readonly search: readonly SearchWord[]
  /** Only the files of a watched folder: those that its index knows, at this destination. */
  readonly place?: { readonly folder: string; readonly destination: Destination }
  /** Only files of these qualities. */
  readonly criteria?: {
    readonly types?: readonly FileType[]
    readonly atLeastBytes?: number
    readonly belowBytes?: number
    readonly addedFromMs?: number
    readonly addedBeforeMs?: number
    /** Identities; the account in use has transfers without one, too. */
    readonly accounts?: readonly string[]
  }
  /** Only what was added together, by the key of that. */
  readonly addition?: number
  /** Only what has failed of this; null: at any destination, with any account. */
  readonly trouble?: {
    readonly code: ErrorInfo['code']
    readonly destination: Destination | null
    readonly account: string | null
  }
}

export interface QueueFilter extends ListFilter {
  /** Only what came to its end at or after, and before. For settled kinds; includes what was cleared from the list. */
  readonly ended?: { readonly fromMs: number | null; readonly untilMs: number | null }
}

/** When a transfer came to its end; one that the engine cancelled has no time of its own. */
export const END_TIME = 'ifnull(finished_at_ms, queued_at_ms)'

export const HAS_ENDED = `kind IN (${kindList(ENDED)})`

/** The share of a file that is acknowledged. */
export const PROGRESS = `CASE kind WHEN 'done' THEN 1.0 ELSE sent_bytes * 1.0 / max(size_bytes, 1) END`

/** States in the order of a transfer's life. */
export const STATE_PLACE = `CASE kind ${STATE_KINDS.map((kind, place) => `WHEN '${kind}' THEN ${place}`).join(' ')} END`

export type Values = Record<string, string | number>

/** Checks whether a filter takes all of some kinds: then the tallies know how many there are. */
export function isOfAll({
  search,
  ended,
  place,
  trouble,
  addition,
  criteria,
}: QueueFilter): boolean {
  const others = [ended, place, trouble, addition, criteria]
  return search.length === 0 && others.every((each) => each === undefined)
}

/** Returns a filter as SQL has it. */
export function filterOf(request: QueueFilter): {
  condition: string
  values: Values
} {
  const values: Values = {}
  request.kinds.forEach((kind, index) => {
    values[`kind${index}`] = kind
  })
  request.search.forEach(({ text, destinations }, index) => {
    values[`word${index}`] = likePattern(text)
    values[`places${index}`] = JSON.stringify(
      destinations.map((destination) => placeColumns(destination, []).destination),
    )
  })
  if (request.ended?.fromMs != null) values['fromMs'] = request.ended.fromMs
  if (request.ended?.untilMs != null) values['untilMs'] = request.ended.untilMs
  if (request.place !== undefined) Object.assign(values, placeValues(request.place))
  if (request.addition !== undefined) values['addition'] = request.addition
  if (request.trouble !== undefined) Object.assign(values, troubleValues(request.trouble))
  Object.assign(values, criteriaValues(request.criteria))
  const kinds = request.kinds.map((_, index) => `:kind${index}`).join(', ')
  const ended = request.ended === undefined ? [] : [HAS_ENDED]
  const condition = [...conditionsOf(request), ...ended, `kind IN (${kinds})`].join(' AND ')
  return { condition, values }
}

export function conditionsOf(request: QueueFilter): string[] {
  const { search, ended, place, trouble, addition, criteria } = request
  return [
    ...(ended === undefined ? ['listed = 1'] : []),
    ...(place === undefined ? [] : [OF_RULE]),
    ...(addition === undefined ? [] : ['addition = :addition']),
    ...(trouble === undefined ? [] : ['error_code = :troubleCode']),
    ...(trouble?.destination == null ? [] : ['destination = :troubleDestination']),
    ...(trouble?.account == null ? [] : ['account = :troubleAccount']),
    ...CRITERIA.flatMap(([name, condition]) => (criteria?.[name] === undefined ? [] : [condition])),
    ...search.map(
      (
        _,
        index,
      ) => `(file_name LIKE :word${index} ESCAPE '\\' OR path LIKE :word${index} ESCAPE '\\'
        OR destination IN (SELECT value FROM json_each(:places${index})))`,
    ),
    ...(ended?.fromMs != null ? [`${END_TIME} >= :fromMs`] : []),
    ...(ended?.untilMs != null ? [`${END_TIME} < :untilMs`] : []),
  ]
}

type Criteria = NonNullable<ListFilter['criteria']>

const CRITERIA: readonly (readonly [keyof Criteria, string])[] = [
  ['types', 'file_type IN (SELECT value FROM json_each(:types))'],
  ['atLeastBytes', 'size_bytes >= :atLeastBytes'],
  ['belowBytes', 'size_bytes < :belowBytes'],
  ['addedFromMs', 'queued_at_ms >= :addedFromMs'],
  ['addedBeforeMs', 'queued_at_ms < :addedBeforeMs'],
  ['accounts', 'account IN (SELECT value FROM json_each(:accounts))'],
]

function criteriaValues({ types, accounts, ...numbers }: Criteria = {}): Values {
  return {
    ...numbers,
    ...(types !== undefined && {
      types: JSON.stringify(types.map((type) => FILE_TYPES.indexOf(type))),
    }),
    ...(accounts !== undefined && { accounts: JSON.stringify(accounts) }),
  }
}

/** The path below the watched folder, and its part up to the last separator, which SQL has no word for. */
const RELATIVE = 'substr(transfers.path, length(:below) + 1)'
const RELATIVE_DIR = `rtrim(${RELATIVE}, replace(${RELATIVE}, :sep, ''))`

/** Below the folder many a file may lie that the rule leaves out: its index tells which are its own. */
const OF_RULE = `path >= :below AND path < :beyond AND destination = :destination AND EXISTS (
  SELECT 1 FROM watch_scopes AS scopes
  JOIN watch_dirs AS dirs ON dirs.scope = scopes.key
    AND dirs.path = replace(rtrim(${RELATIVE_DIR}, :sep), :sep, '/')
  JOIN watch_files AS files ON files.dir = dirs.key
    AND files.name = substr(${RELATIVE}, length(${RELATIVE_DIR}) + 1)
  WHERE scopes.folder = :folder AND scopes.destination = :destination
    AND files.standing <> ${STANDING_NUMBERS.baseline})`

/** Paths in a folder are those between it and the character that comes after the separator. */
function placeValues({ folder, destination }: NonNullable<ListFilter['place']>) {
  const below = folder.endsWith(sep) ? folder : folder + sep
  const beyond = below.slice(0, -1) + String.fromCharCode(below.charCodeAt(below.length - 1) + 1)
  return { below, beyond, sep, folder, destination: placeColumns(destination, []).destination }
}

function troubleValues({ code, destination, account }: NonNullable<ListFilter['trouble']>): Values {
  return {
    troubleCode: JSON.stringify(code),
    ...(destination !== null && {
      troubleDestination: placeColumns(destination, []).destination,
    }),
    ...(account !== null && { troubleAccount: account }),
  }
}

function likePattern(search: string): string {
  return `%${search.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`
}
