import type { ErrorTextKey } from '../../../errors/catalogue.ts'
import type { Wording } from '../../words.ts'
import { auth } from './auth.ts'
import { base } from './base.ts'
import { baseRequest } from './base-request.ts'
import { document } from './document.ts'
import { drive } from './drive.ts'
import { importing } from './import.ts'
import { localAccount } from './local-account.ts'
import { localDestination } from './local-destination.ts'
import { localHost } from './local-host.ts'
import { localLink } from './local-link.ts'
import { localMachine } from './local-machine.ts'
import { localNetwork } from './local-network.ts'
import { localPlace } from './local-place.ts'
import { localPolicy } from './local-policy.ts'
import { localRule } from './local-rule.ts'
import { localSource } from './local-source.ts'
import { localUpload } from './local-upload.ts'
import { platform } from './platform.ts'
import { sheet } from './sheet.ts'
import { signIn } from './sign-in.ts'
import { unlisted } from './unlisted.ts'
import { upload } from './upload.ts'

/** The texts about each error code. A code without a text does not compile. */
export const errors = {
  ...upload,
  ...drive,
  ...platform,
  ...auth,
  ...signIn,
  ...base,
  ...baseRequest,
  ...document,
  ...sheet,
  ...importing,
  ...localNetwork,
  ...localSource,
  ...localDestination,
  ...localLink,
  ...localPlace,
  ...localAccount,
  ...localRule,
  ...localUpload,
  ...localMachine,
  ...localPolicy,
  ...localHost,
  ...unlisted,
} satisfies Readonly<Record<ErrorTextKey, Wording>>
