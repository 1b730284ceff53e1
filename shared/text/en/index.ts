import { alert } from './alert.ts'
import { app } from './app/index.ts'
import * as command from './cli.ts'
import * as desktop from './desktop.ts'
import { errors } from './errors/index.ts'
import { failure } from './failure.ts'
import * as help from './help.ts'
import { permissions } from './permissions.ts'
import { place } from './place.ts'
import * as start from './start.ts'
import * as states from './states.ts'
import { time } from './time.ts'
import * as verification from './verification.ts'
import * as watching from './watching.ts'
import { web } from './web.ts'

/** All texts in English. Every other language has the same sections and keys. */
export const en = {
  alert,
  app,
  failure,
  time,
  permissions,
  place,
  ...verification,
  ...states,
  ...watching,
  ...command,
  ...help,
  ...desktop,
  ...start,
  web,
  errors,
}
