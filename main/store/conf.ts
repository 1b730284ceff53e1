/**
 * `conf`, without its listeners to signals. A package below it (when-exit) sends each signal to the
 * process once more, which a command that stops cleanly would take for a second Ctrl+C. All they do
 * is remove a temporary file that the next write replaces.
 */

import './signal-listeners.ts'

// Apart from the line above, which has to be evaluated first: it notes who listens already.
import Conf from 'conf'
import { takeOffLaterListeners } from './signal-listeners.ts'

takeOffLaterListeners()

export { Conf }
