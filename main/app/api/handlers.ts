import { accountHandlers } from './account-handlers.ts'
import { alertHandlers } from './alert-handlers.ts'
import type { Handlers } from './answer.ts'
import { appHandlers } from './app-handlers.ts'
import { deviceHandlers } from './device-handlers.ts'
import { diagnosticsHandlers } from './diagnostics-handlers.ts'
import { historyHandlers } from './history-handlers.ts'
import { networkHandlers } from './network-handlers.ts'
import type { AppParts } from './parts.ts'
import { placeHandlers } from './place-handlers.ts'
import { portableHandlers } from './portable-handlers.ts'
import { queueHandlers } from './queue-handlers.ts'
import { ruleHandlers } from './rule-handlers.ts'
import { transferHandlers } from './transfer-handlers.ts'
import { updateHandlers } from './update-handlers.ts'

/** Joins the handlers of all topics. */
export function handlersOf(parts: AppParts): Handlers {
  return {
    ...queueHandlers(parts),
    ...transferHandlers(parts),
    ...placeHandlers(parts),
    ...historyHandlers(parts),
    ...ruleHandlers(parts),
    ...accountHandlers(parts),
    ...appHandlers(parts),
    ...portableHandlers(parts),
    ...networkHandlers(parts),
    ...diagnosticsHandlers(parts),
    ...deviceHandlers(parts),
    ...alertHandlers(parts),
    ...updateHandlers(parts),
  }
}
