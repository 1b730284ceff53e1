import type { SettingsFile } from '#main/store/settings-file.ts'
import type { Answer } from '#shared/contract/contract.ts'
import type { AppSettings } from '#shared/contract/settings-schema.ts'
import { infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'
import type { Health } from './alerts/health.ts'
import { answer } from './api/answer.ts'
import { handlersOf } from './api/handlers.ts'
import type { AppOptions } from './app-options.ts'
import { ClockJumps } from './clock-jumps.ts'
import type { FileLooks } from './file-looks.ts'
import type { LiveListener } from './live/live-publisher.ts'
import { type OpenHome, openHome } from './open-engine.ts'
import { begin, openParts } from './open-parts.ts'

/** The application behind a window or a browser page, over any transport. */
export interface App {
  readonly settings: AppSettings
  /** Keeps a face's own part as well. */
  readonly settingsFile: SettingsFile
  /** Answers one request; never rejects. */
  /** @param caller the signed-in browser that asks, where there are several */
  answer(channel: unknown, input: unknown, caller?: string): Promise<Answer<unknown>>
  /** Returns the bytes of a picture of the queue; undefined when there is nothing to show. */
  picture: FileLooks['picture']
  /** @returns ends the subscription */
  subscribe(listener: LiveListener): () => void
  /** Takes files from outside the pages: one of them will ask where they go. */
  offer(paths: readonly string[]): void
  /** Tells what the machine runs on now. */
  runsOnBattery(isOnBattery: boolean): Promise<void>
  /** The machine goes to sleep: what is acknowledged is on disk when it resolves, and nothing leaves. */
  suspend(): Promise<void>
  /** The machine slept, or its clock was set: nothing that was open before can be trusted. */
  wokeUp(): Promise<void>
  /** Tells other processes where pages are served. */
  announce(url: string): void
  /** Returns how Feidi is doing, without anything private. */
  health(): Health
  /** Comes to rest: calls in flight have `graceMs`, checkpoints are on disk when it resolves. */
  close(graceMs: number): Promise<void>
}

/**
 * Opens a home and begins to work on its queue.
 * @throws TransferError when the home is in use or damaged
 */
export async function openApp(options: AppOptions): Promise<App> {
  const { home, command, version, log, policy } = options
  const opened = openHome({ home, command, version }, undefined, policy)
  log.scope('host').info('begins', { host: options.surroundings.host, version, pid: process.pid })
  try {
    return await openIn(opened, loggingFaults(options))
  } catch (error) {
    opened.close()
    throw error
  }
}

/** Faults of ours go to the log first. */
function loggingFaults(options: AppOptions): AppOptions {
  const scope = options.log.scope('host')
  return {
    ...options,
    onFault(what, error) {
      scope.error(`fault: ${what}`, { error })
      options.onFault(what, error)
    },
  }
}

async function openIn(opened: OpenHome, options: AppOptions): Promise<App> {
  const { onFault, log } = options
  const parts = openParts(opened, options)
  const { clock, worker, watching, settings, schedule, battery, finished } = parts
  const handlers = handlersOf(parts)
  const wokeUp = async () => {
    jumps.noticed()
    await worker.resetConnections()
    await worker.pause('asleep', false)
    watching.wake()
    await schedule.look()
    void parts.metered.look()
  }
  const jumps = new ClockJumps(clock, () => void wokeUp())
  let requests = 0
  /** A page may still ask while the program ends: it gets nothing, for the home is closed. */
  let isClosed = false
  let idle = Promise.withResolvers<void>()
  await begin(parts)
  void jumps.keep()
  return {
    get settings() {
      return settings.settings
    },
    settingsFile: parts.settingsFile,
    async answer(channel, input, caller) {
      if (isClosed) {
        const error = infoOfThrown(new TransferError('app-gone'), clock.nowMs())
        return { ok: false, error }
      }
      requests += 1
      try {
        return await answer(
          handlers,
          channel,
          input,
          { nowMs: () => clock.nowMs(), onFault },
          caller,
        )
      } finally {
        requests -= 1
        if (requests === 0) {
          idle.resolve()
          idle = Promise.withResolvers<void>()
        }
      }
    },
    picture: async (id, use) => (isClosed ? undefined : parts.looks.picture(id, use)),
    subscribe: (listener) => (isClosed ? () => {} : parts.publisher.subscribe(listener)),
    offer: (paths) => parts.offers.add(paths),
    runsOnBattery: (isOnBattery) => battery.runsOn(isOnBattery),
    suspend: () => worker.pause('asleep', true),
    wokeUp,
    announce: opened.announce,
    health: parts.health,
    async close(graceMs) {
      schedule.close()
      finished.close()
      parts.alerts.close()
      parts.updates.close()
      parts.metered.close()
      parts.speed.close()
      jumps.close()
      parts.publisher.close()
      parts.forecasts.close()
      parts.verifications.close()
      await Promise.all([
        parts.filling.close(),
        parts.previews.close(),
        watching.close(),
        parts.signIns.close(),
        parts.registrations.cancel(),
        worker.close(graceMs),
      ])
      isClosed = true
      if (requests > 0) await idle.promise
      parts.undo.close()
      parts.recorder.flush()
      log.scope('host').info('ends')
      opened.close()
    },
  }
}
