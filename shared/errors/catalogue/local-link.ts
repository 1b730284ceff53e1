import type { EntryBody } from '../catalogue-entry.ts'
import type { LinkErrorCode } from '../error-code.ts'

/** A page that files can not go to, and what to give instead. */
const NO_PLACE = { policy: 'block-target', domain: 'target', actor: 'you' } as const

/** Links that lead to something files can not go to. */
export const LINK_BODIES = {
  'link-old-doc': NO_PLACE,
  'link-slides': NO_PLACE,
  'link-mindnote': NO_PLACE,
  'link-base-part': NO_PLACE,
  'link-base-record': NO_PLACE,
  'link-app': NO_PLACE,
  'link-wiki-space': NO_PLACE,
  'link-elsewhere': NO_PLACE,
} satisfies Record<LinkErrorCode, EntryBody>
