/** Amounts that people type and read. */

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const
const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  K: 1024,
  M: 1024 ** 2,
  G: 1024 ** 3,
}
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 }

/** `2M`, `500K`, `1.5MB/s` -> bytes; undefined when it is no amount greater than zero. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([KMG]?)(?:i?B)?(?:\/s)?$/i.exec(text.trim())
  if (match === null) return undefined
  const bytes = Math.round(Number(match[1]) * (FACTORS[(match[2] ?? '').toUpperCase()] ?? 1))
  return bytes > 0 ? bytes : undefined
}

/** `90s`, `15m`, `2h` -> ms; undefined when it is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(text.trim())
  if (match === null) return undefined
  return Number(match[1]) * (SECONDS[match[2] ?? 's'] ?? 1) * 1_000
}

/** `1536` -> `1.5 KB`. Powers of 1024, as file managers count. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`
}
