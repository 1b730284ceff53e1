import { demandOneFile } from '#main/engine/find-sources.ts'
import type { QUEUE_CHANNELS } from '#shared/contract/queue-channels.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { demandPlaceForDocuments } from '../adding/document-place.ts'
import { lookForSensitive } from '../adding/look-for-sensitive.ts'
import { previewOptions } from '../adding/open-preview.ts'
import { forgetFiles } from '../forget-files.ts'
import { confirmMine } from '../settle-uncertain.ts'
import type { Handlers } from './answer.ts'
import { type AppParts, transferOf } from './parts.ts'
import { queueWindow } from './queue-window.ts'
import { countsOf, TAB_KINDS } from './tabs.ts'

type QueueParts = Pick<
  AppParts,
  | 'stores'
  | 'actions'
  | 'filling'
  | 'undo'
  | 'publisher'
  | 'pauseAll'
  | 'destinations'
  | 'surroundings'
  | 'watching'
  | 'row'
  | 'account'
  | 'clock'
  | 'worker'
  | 'changes'
  | 'home'
  | 'way'
  | 'forecasts'
  | 'progress'
  | 'filterOf'
  | 'groups'
  | 'moving'
  | 'metered'
>

export function queueHandlers(parts: QueueParts): Pick<Handlers, keyof typeof QUEUE_CHANNELS> {
  const { stores, actions, filling, undo, pauseAll } = parts
  const { destinations, surroundings, watching, filterOf } = parts
  return {
    'queue.window': (asked) => queueWindow(parts, asked),
    'queue.counts'(asked) {
      const filter = filterOf({ ...asked, kinds: TAB_KINDS.all })
      return {
        byTab: countsOf(filter.kinds.length === 0 ? [] : stores.windows.tally(filter)).byTab,
      }
    },
    async 'queue.add'({ paths, uploads, destination: text, handling = {}, account, ...rest }) {
      const { again, allowSensitive = false } = rest
      const destination = destinations.meantBy(text, account)
      demandPlaceForDocuments(destination, handling)
      if (paths.length + uploads.length === 0) {
        throw new TransferError('request-invalid', { detail: 'nothing to add' })
      }
      // All or nothing: a refusal of one path is told before any of the others is queued.
      const admitted = await Promise.all(paths.map((path) => surroundings.admit(path)))
      const adopted = await Promise.all(uploads.map((id) => surroundings.adopt(id)))
      const sources = [...admitted, ...adopted]
      if (destination.kind === 'file') await demandOneFile(sources)
      destinations.used(destination)
      const whose =
        account === undefined ? parts.account.defaultAccount : parts.account.known(account)
      const wishes = { destination, handling, account: whose, again, allowSensitive }
      return filling.add(sources, wishes)
    },
    async 'queue.preview'({ previewId, paths, destination: text, account, ...rest }) {
      const admitted = await Promise.all(paths.map((path) => surroundings.admit(path)))
      const { singleCallLimit = 'auto' } = await parts.way()
      const identity = parts.worker.connectionOf(account)?.identity
      const known = previewOptions(stores, {
        ...{ home: parts.home, identity, singleCallLimit, partLimits: parts.progress.partLimits },
      })
      const destination = destinations.meantBy(text, account)
      const upload = { ...known, ...rest, account, destination, paths: admitted }
      return parts.forecasts.ask(previewId, upload, (more) => parts.progress.planWith(more))
    },
    async 'queue.sensitive'({ paths }) {
      const admitted = await Promise.all(paths.map((path) => surroundings.admit(path)))
      return lookForSensitive(admitted, parts.clock)
    },
    'queue.hand-over'({ from, to, ids }) {
      const present = parts.account.members().some(({ identity }) => identity === to)
      if (!present) throw new TransferError('account-unknown', { detail: to })
      const chosen = ids === null ? undefined : new Set(ids)
      return actions.handOver(from, to, ({ id }) => chosen?.has(id) ?? true)
    },
    'queue.at-stake': ({ selection }) => actions.atStake(selection),
    'queue.act': ({ selection, action }) => actions.act(selection, action),
    async 'queue.redirect'({ selection, destination: text }) {
      const destination = destinations.meantBy(text)
      destinations.used(destination)
      return actions.redirect(selection, destination)
    },
    'queue.move': ({ ids, beside, side }) => ({
      changed: actions.moveBeside(ids, beside, side),
    }),
    async 'queue.confirm'({ id, fileToken }) {
      confirmMine(stores.transfers, transferOf(parts, id), fileToken)
      const { changed } = await actions.act({ ids: [id] }, 'retry')
      return { changed }
    },
    'queue.forget'({ ids }) {
      const paths = new Set(ids.map((id) => transferOf(parts, id).path))
      const forgotten = [...paths].filter((path) => forgetFiles(stores, path) > 0)
      for (const path of forgotten) watching.forgotten(path)
      return { forgotten: forgotten.length }
    },
    'queue.undo': ({ token }) => undo.undo(token),
    async 'queue.pause-all'({ paused }) {
      await pauseAll(paused)
      return { paused }
    },
    async 'queue.use-metered'() {
      await parts.metered.goOnAnyway()
      return {}
    },
  }
}
