import type { ErrorCode } from '#shared/errors/error-code.ts'
import type { Space } from '#shared/model/place-name.ts'

/** The names of a place, as far as Feishu tells them. */
export interface PlaceNames {
  readonly title?: string
  /** Open id of the owner. */
  readonly owner?: string
  /** Its page, in the tenant's own domain. */
  readonly url?: string
  /** Of a Base, of a spreadsheet. */
  readonly table?: string
  readonly field?: string
  readonly sheet?: string
  /** The space it is in. */
  readonly space?: Space
  /** The names of the folders it is in, outermost first, as far as they were seen. */
  readonly above?: readonly string[]
  /** The code of what kept its title from being read. */
  readonly unnamed?: ErrorCode
}
