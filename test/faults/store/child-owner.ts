/** Arguments: home, command. Claims the home, says how it went, and holds on until told `release`. */
import { once } from 'node:events'
import { claimHome, type HomeClaim } from '#main/store/claim-home.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

const [home = '', command = ''] = process.argv.slice(2)

function tryToClaim(): HomeClaim | undefined {
  try {
    const claim = claimHome(home, { command, startedAtMs: 1, version: '1.0.0' })
    claim.announce('http://127.0.0.1:4321')
    process.send?.({ wasUnclean: claim.wasUnclean })
    return claim
  } catch (error) {
    if (!(error instanceof TransferError)) throw error
    process.send?.({ code: error.code, detail: error.context.detail })
    return undefined
  }
}

const claim = tryToClaim()
if (claim !== undefined) {
  await once(process, 'message')
  claim.release()
}
process.disconnect()
