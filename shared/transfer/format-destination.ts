import { assertNever } from '../assert-never.ts'
import type { BasePart, GivenDestination } from '../model/given-destination.ts'

/** A destination as `parseDestination` reads it, in its short form. */
export function formatDestination(given: GivenDestination): string {
  switch (given.kind) {
    case 'folder':
      return `folder:${given.folderToken}`
    case 'media':
      return `media:${given.parentType}:${given.parentNode}${queryOf({ route: given.route })}`
    case 'docx':
      return `docx:${given.documentId}${queryOf({ wiki: given.wikiNode })}`
    case 'sheet': {
      const sheet = given.sheetId === undefined ? '' : `/${given.sheetId}`
      return `sheet:${given.spreadsheetToken}${sheet}${queryOf({ wiki: given.wikiNode })}`
    }
    case 'file':
      return `file:${given.fileToken}${queryOf({ in: given.parentToken, wiki: given.wikiNode })}`
    case 'base': {
      const field = given.field === undefined ? '' : `/${encodeURIComponent(given.field)}`
      const query = queryOf({ ...partOf(given), wiki: given.wikiNode })
      return `base:${given.appToken}/${given.tableId}${field}${query}`
    }
    case 'page':
      return `page:${given.nodeToken}`
    case 'whole-base':
      return `base:${given.appToken}${queryOf({ ...partOf(given), field: given.field })}`
    case 'wiki': {
      const { tableId: table, sheetId: sheet, field } = given
      return `wiki:${given.nodeToken}${queryOf({ table, sheet, ...partOf(given), field })}`
    }
    case 'path':
      return `${given.root}:/${given.names.map(escaped).join('/')}`
    default:
      return assertNever(given)
  }
}

/** A name in a path, with the characters encoded that would end it or be taken off its end. */
function escaped(name: string): string {
  return name.replaceAll(/[%/]|^\s+|\s+$/g, encodeURIComponent)
}

function partOf({ recordId, columns }: BasePart) {
  return {
    record: recordId,
    name: columns?.name,
    path: columns?.path,
    size: columns?.sizeBytes,
    time: columns?.modifiedAt,
  }
}

function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
