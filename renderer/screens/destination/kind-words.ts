import type { Destination, DestinationKind } from '#shared/model/transfer.ts'
import { i18n } from '../../i18n/i18n.ts'
import type { IconName } from '../../ui/icon.tsx'
import type { Found } from './use-check.ts'

const ICONS: Readonly<Record<DestinationKind, IconName>> = {
  folder: 'folder',
  docx: 'document',
  sheet: 'sheet',
  base: 'table',
  file: 'file',
  media: 'link',
}

export function destinationIcon(kind: DestinationKind): IconName {
  return ICONS[kind]
}

/** What will happen to files that go there, in one sentence. */
export function whatHappens({ destination, names }: Found): string {
  const t = i18n.t
  const table = names.table ?? ''
  const field = names.field ?? ''
  switch (destination.kind) {
    case 'folder':
      return t('intoFolder')
    case 'docx':
      return t('intoDocument')
    case 'sheet':
      return names.sheet === null ? t('intoFirstSheet') : t('intoSheet', { sheet: names.sheet })
    case 'base':
      if (names.table === null) return t('intoBase')
      return destination.recordId === undefined
        ? t('intoRecords', { table, field })
        : t('intoRecord', { table, field })
    case 'file':
      return t('intoFile')
    case 'media':
      return t('intoMedia')
  }
}

/** The kind of place, for the small print above its title. */
export function kindWord({ kind }: Destination): string {
  return i18n.t(KIND_WORDS[kind])
}

const KIND_WORDS = {
  folder: 'kindFolder',
  docx: 'kindDocument',
  sheet: 'kindSheet',
  base: 'kindBase',
  file: 'kindFile',
  media: 'kindMedia',
} as const satisfies Record<DestinationKind, string>
