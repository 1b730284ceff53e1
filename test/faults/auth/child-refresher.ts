/** Arguments: home, base URL, identity. With each message it lists a folder as that person, and says how it went. */
import { createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { openTokenVault } from '#main/store/token-vault.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

const [home = '', baseUrl = '', identity = ''] = process.argv.slice(2)

const api = createFeishuApi({
  baseUrl,
  credentials: {
    kind: 'user',
    appId: 'cli_demo',
    appSecret: 'demo-secret',
    openId: 'ou_demo',
    vault: openTokenVault(home, identity, keyFileBox(home)),
  },
  env: {},
})

process.on('message', async () => {
  try {
    await api.listFolder({ folderToken: '' }, { signal: AbortSignal.timeout(20_000) })
    process.send?.({ code: 'ok' })
  } catch (error) {
    process.send?.({ code: error instanceof TransferError ? error.code : String(error) })
  }
})
process.send?.({ code: 'ready' })
