import { accounts } from './accounts.ts'
import { add } from './add.ts'
import { frame } from './frame.ts'
import { queue } from './queue.ts'
import { rules } from './rules.ts'
import { settings } from './settings.ts'
import { transfer } from './transfer.ts'

/** Texts of the window, by screen. */
export const app = {
  ...frame,
  ...queue,
  ...transfer,
  ...add,
  ...rules,
  ...accounts,
  ...settings,
}
