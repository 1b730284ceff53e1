import type { DEVICE_CHANNELS } from '#shared/contract/device-channels.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Handlers } from './answer.ts'
import type { AppParts } from './parts.ts'

export function deviceHandlers({
  surroundings: { devices },
}: Pick<AppParts, 'surroundings'>): Pick<Handlers, keyof typeof DEVICE_CHANNELS> {
  return {
    'devices.list': (_input, caller) => ({
      devices: (devices?.list() ?? []).map((device) => ({
        ...device,
        isThis: device.id === caller,
      })),
    }),
    'devices.sign-out': ({ ids }) => ({ signedOut: devices?.signOut(ids) ?? 0 }),
    'devices.link'() {
      if (devices === undefined) throw new TransferError('not-available-here')
      return devices.newLink()
    },
  }
}
