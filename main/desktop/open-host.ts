import { AccountKeeper } from '#main/app/accounts/account-keeper.ts'
import { faultLogger } from '#main/app/fault-logger.ts'
import { FeidiHost } from '#main/app/host.ts'
import type { HostOptions, Surroundings } from '#main/app/host-options.ts'
import { openHome } from '#main/app/open-engine.ts'
import { demandNotOwnState } from '#main/app/own-state.ts'
import { ProxyKeeper } from '#main/app/proxy-keeper.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import { openAccounts } from '#main/store/account-store.ts'
import { desktopBox, type SecretBox } from '#main/store/secret-box.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

export interface DesktopHostOptions
  extends Pick<
    HostOptions,
    | 'home'
    | 'version'
    | 'systemLanguage'
    | 'settingsFile'
    | 'onSettings'
    | 'onFault'
    | 'resolveProxy'
  > {
  readonly secrets: SecretBox
  readonly keyStorage: Surroundings['keyStorage']
  readonly canStartAtLogin: boolean
  /** Of the environment; they go before the person's settings. */
  readonly baseUrl: string | undefined
  readonly caFile: string | undefined
  readonly log: HomeLog
  readonly pick: Surroundings['pick']
  readonly reveal: Surroundings['reveal']
  readonly openOutside: NonNullable<Surroundings['openOutside']>
}

export interface DesktopHost {
  readonly host: FeidiHost
  close(graceMs: number): Promise<void>
}

/**
 * The engine for the window.
 * @throws TransferError when the home is in use or damaged
 */
export async function openDesktopHost(options: DesktopHostOptions): Promise<DesktopHost> {
  const { home, version, secrets, settingsFile, baseUrl, caFile } = options
  const opened = openHome({ home, command: 'Feidi', version })
  const onFault = faultLogger(options.log, options.onFault)
  options.log.scope('host').info('begins', { host: 'desktop', version, pid: process.pid })
  try {
    const box = desktopBox(home, secrets)
    const account = new AccountKeeper({
      store: openAccounts(home, box),
      fromEnvironment: undefined,
      baseUrl,
    })
    const proxy = new ProxyKeeper(settingsFile, box)
    const proxyProblem = await proxy.load()
    if (proxyProblem !== undefined) onFault('proxy', proxyProblem)
    const host = new FeidiHost({
      ...options,
      stores: opened.stores,
      account,
      proxy,
      clock: systemClock,
      onFault,
      surroundings: surroundingsOf(options),
      given: { baseUrl, caFile },
      connect: (settings) => opened.connect(settings, options.log),
      adoptHome: () => opened.standing.adopt(systemClock.nowMs()),
    })
    await host.start()
    return {
      host,
      async close(graceMs) {
        await host.close(graceMs)
        options.log.scope('host').info('ends')
        opened.close()
      },
    }
  } catch (error) {
    opened.close()
    throw error
  }
}

function surroundingsOf({
  home,
  keyStorage,
  canStartAtLogin,
  pick,
  reveal,
  openOutside,
}: DesktopHostOptions): Surroundings {
  const refuse = async () => {
    throw new TransferError('not-available-here')
  }
  return {
    host: 'desktop',
    capabilities: {
      dialogs: true,
      browse: false,
      upload: false,
      reveal: true,
      startAtLogin: canStartAtLogin,
      tray: true,
      battery: true,
    },
    keyStorage,
    mostUploadBytes: null,
    // The person chooses with the system's dialogs; only our own state is never theirs to send.
    async admit(path) {
      await demandNotOwnState(path, home)
      return path
    },
    adopt: refuse,
    browse: refuse,
    pick,
    reveal,
    openOutside,
  }
}
