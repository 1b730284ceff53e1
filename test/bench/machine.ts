import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** Returns the machine the figures were measured on; without it they mean little. */
export function describeMachine(): string[] {
  const [cpu] = cpus()
  const gib = (totalmem() / 1024 ** 3).toFixed(0)
  return [
    `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${gib} GiB, ${type()} ${release()}`,
    `Node ${process.version}; load ${loadavg()
      .map((load) => load.toFixed(2))
      .join(' ')} before the start`,
  ]
}
