/** The one table that says what Feidi does about every error code. Its texts are in shared/text. */
import { AUTH_ENTRIES } from './catalogue/auth.ts'
import { BASE_ENTRIES } from './catalogue/base.ts'
import { BASE_REQUEST_ENTRIES } from './catalogue/base-request.ts'
import { DOCUMENT_ENTRIES } from './catalogue/document.ts'
import { DRIVE_ENTRIES } from './catalogue/drive.ts'
import { IMPORT_BODIES, IMPORT_ENTRIES } from './catalogue/import.ts'
import { ACCOUNT_BODIES } from './catalogue/local-account.ts'
import { DESTINATION_BODIES } from './catalogue/local-destination.ts'
import { HOST_BODIES } from './catalogue/local-host.ts'
import { LINK_BODIES } from './catalogue/local-link.ts'
import { MACHINE_BODIES } from './catalogue/local-machine.ts'
import { NETWORK_BODIES } from './catalogue/local-network.ts'
import { PLACE_BODIES } from './catalogue/local-place.ts'
import { POLICY_BODIES } from './catalogue/local-policy.ts'
import { RULE_BODIES } from './catalogue/local-rule.ts'
import { SOURCE_BODIES } from './catalogue/local-source.ts'
import { UPLOAD_BODIES } from './catalogue/local-upload.ts'
import { PLATFORM_ENTRIES } from './catalogue/platform.ts'
import { SHEET_ENTRIES } from './catalogue/sheet.ts'
import { SIGN_IN_ENTRIES } from './catalogue/sign-in.ts'
import { UPLOAD_ENTRIES } from './catalogue/upload.ts'
import type { CatalogueEntry, EntryBody, UnlistedText } from './catalogue-entry.ts'
import { type ErrorCode, LOCAL_ERROR_CODES, type LocalErrorCode } from './error-code.ts'

const LOCAL_BODIES: Record<LocalErrorCode, EntryBody> = {
  ...NETWORK_BODIES,
  ...SOURCE_BODIES,
  ...DESTINATION_BODIES,
  ...LINK_BODIES,
  ...PLACE_BODIES,
  ...ACCOUNT_BODIES,
  ...RULE_BODIES,
  ...UPLOAD_BODIES,
  ...IMPORT_BODIES,
  ...MACHINE_BODIES,
  ...POLICY_BODIES,
  ...HOST_BODIES,
}

const FEISHU_ENTRIES = [
  ...UPLOAD_ENTRIES,
  ...DRIVE_ENTRIES,
  ...PLATFORM_ENTRIES,
  ...AUTH_ENTRIES,
  ...SIGN_IN_ENTRIES,
  ...BASE_ENTRIES,
  ...BASE_REQUEST_ENTRIES,
  ...DOCUMENT_ENTRIES,
  ...SHEET_ENTRIES,
  ...IMPORT_ENTRIES,
]

/** Feishu's codes, those of its upload page first and in its order; each code once. */
export const SERVER_ENTRIES: readonly CatalogueEntry[] = FEISHU_ENTRIES

type FeishuEntry = (typeof FEISHU_ENTRIES)[number]

/** Every failure that has a text of its own. */
export type ErrorTextKey =
  | LocalErrorCode
  | UnlistedText
  | (FeishuEntry extends infer Entry
      ? Entry extends { readonly text: infer Text }
        ? Text
        : Entry extends { readonly code: infer Code }
          ? Code
          : never
      : never)

const LOCAL_ENTRIES: readonly CatalogueEntry[] = LOCAL_ERROR_CODES.map((code) => ({
  code,
  ...LOCAL_BODIES[code],
}))

export const CATALOGUE: ReadonlyMap<ErrorCode, CatalogueEntry> = new Map(
  [...SERVER_ENTRIES, ...LOCAL_ENTRIES].map((entry) => [entry.code, entry]),
)
