const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** Returns a size in powers of 1024, as file managers count: 2.1 GB. Three figures at most. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_024
    unit++
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1
  return `${value.toFixed(digits)} ${UNITS[unit]}`
}

export function formatSpeed(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`
}

/**
 * Returns a count with commas, as both languages have them: 100,000. Not by `Intl.NumberFormat`, whose
 * first use costs a page 30 to 100 ms before it can show anything.
 */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
