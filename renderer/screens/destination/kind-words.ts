import type { Destination, DestinationKind } from '#shared/model/transfer.ts'
import { say } from '../../data/text.ts'
import type { IconName } from '../../ui/icon.tsx'
import type { Found } from './use-check.ts'

const ICONS: Readonly<Record<DestinationKind, IconName>> = {
  folder: 'folder',
  docx: 'document',
  page: 'document',
  sheet: 'sheet',
  base: 'table',
  file: 'file',
  media: 'link',
}

export function destinationIcon(kind: DestinationKind): IconName {
  return ICONS[kind]
}

/** Returns one sentence on what will happen to files that go there. */
export function whatHappens({ destination, names }: Found): string {
  const table = names.table ?? ''
  const field = names.field ?? ''
  switch (destination.kind) {
    case 'folder':
      return say('intoFolder')
    case 'docx':
      return say('intoDocument')
    case 'page':
      return say('belowPage')
    case 'sheet':
      return names.sheet === null ? say('intoFirstSheet') : say('intoSheet', { sheet: names.sheet })
    case 'base':
      if (names.table === null) return say('intoBase')
      return destination.recordId === undefined
        ? say('intoRecords', { table, field })
        : say('intoRecord', { table, field })
    case 'file':
      return say('intoFile')
    case 'media':
      return say('intoMedia')
  }
}

/** The kind of place, for the small print above its title. */
export function kindWord({ kind }: Destination): string {
  return say(`place.${kind}`)
}
