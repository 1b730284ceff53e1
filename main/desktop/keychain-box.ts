import type { SafeStorage } from 'electron'
import type { AppOptions } from '#main/app/app-options.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

type Keychain = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
>

/** Seals secrets with the system's keychain; nothing is sealed where there is none. */
export function keychainBox(keychain: Keychain): NonNullable<AppOptions['keychain']> {
  return {
    async seal(secret) {
      if (!(await keychain.isAsyncEncryptionAvailable())) {
        throw new TransferError('keychain-missing')
      }
      return (await keychain.encryptStringAsync(secret)).toString('base64')
    },
    async open(sealed) {
      try {
        return (await keychain.decryptStringAsync(Buffer.from(sealed, 'base64'))).result
      } catch (cause) {
        throw new TransferError('keychain-missing', { cause })
      }
    },
  }
}
