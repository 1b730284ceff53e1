/** Arguments: `claim`, `open` or `read`, and a home. Tries it and says how it went. */
import { claimHome } from '#main/store/claim-home.ts'
import { openStoresReadOnly } from '#main/store/open-read-only.ts'
import { openStores } from '#main/store/open-stores.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

const [what = '', home = ''] = process.argv.slice(2)

const attempts: Record<string, () => void> = {
  claim: () => claimHome(home, { command: 'feidi', startedAtMs: 1, version: '1' }).release(),
  open: () => openStores(home).close(),
  read: () => openStoresReadOnly(home)?.close(),
}

try {
  attempts[what]?.()
  process.send?.({ code: 'fine' })
} catch (error) {
  if (!(error instanceof TransferError)) throw error
  process.send?.({ code: error.code, detail: error.context.detail })
}
process.disconnect()
