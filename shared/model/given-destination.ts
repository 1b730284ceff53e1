import type { Destination, FileColumns } from './transfer.ts'

/** The details of a Base that a link or a short form may give, besides which one it is. */
export interface BasePart {
  readonly tableId?: string
  readonly field?: string
  readonly recordId?: string
  readonly columns?: FileColumns
}

/** A page of a wiki: what it is, and so where files would go, only Feishu knows. */
interface WikiPage extends BasePart {
  readonly kind: 'wiki'
  readonly nodeToken: string
  readonly sheetId?: string
}

/** A Base whose table was not named: it has to be looked at first. */
interface WholeBase extends Omit<BasePart, 'tableId'> {
  readonly kind: 'whole-base'
  readonly appToken: string
}

/** A place as a person gives it. */
export type GivenDestination = Destination | WikiPage | WholeBase
