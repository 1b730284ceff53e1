/** Names of the memos about the account that connected last; apart, so that `status` loads no engine. */

/** The app whose quota `status` shows. */
export const LAST_APP_MEMO = 'last-app'

/** The identity whose knowledge of remote folders a dry run uses when none is named. */
export const LAST_IDENTITY_MEMO = 'last-identity'
