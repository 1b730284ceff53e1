import type { App } from '#main/app/open-app.ts'
import type { ShellElectron, ShellProcess } from './electron-parts.ts'

/** Not every system tells when the plug is pulled, so it is looked at. */
const LOOK_AT_POWER_EVERY_MS = 15_000
/** Stop signals: from a terminal, or from a system that shuts down. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface SystemEventsOptions {
  readonly powerMonitor: ShellElectron['powerMonitor']
  readonly process: Pick<ShellProcess, 'off' | 'on'>
  readonly app: Pick<App, 'runsOnBattery' | 'suspend' | 'wokeUp'>
  /** The system shuts down, or asks us to end. */
  readonly onEnd: () => void
}

/** Follows what befalls the machine: sleep, battery, the end. @returns a function that stops doing so */
export function followSystem({
  powerMonitor,
  process,
  app,
  onEnd,
}: SystemEventsOptions): () => void {
  powerMonitor.on('suspend', () => void app.suspend())
  powerMonitor.on('resume', () => void app.wokeUp())
  powerMonitor.on('shutdown', onEnd)
  const lookAtPower = () => void app.runsOnBattery(powerMonitor.isOnBatteryPower())
  powerMonitor.on('on-battery', lookAtPower)
  powerMonitor.on('on-ac', lookAtPower)
  const looking = setInterval(lookAtPower, LOOK_AT_POWER_EVERY_MS)
  lookAtPower()
  for (const signal of SIGNALS) process.on(signal, onEnd)
  return () => {
    clearInterval(looking)
    for (const signal of SIGNALS) process.off(signal, onEnd)
  }
}
