/**
 * Returns what a person typed as a time of day, as `HH:MM`: `8`, `830`, `8:30` and `８：３０` are
 * understood.
 * @returns undefined for what is no time of day by 24 hours
 */
export function timeOfDay(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  const [, hour = '', minute = '0'] = /^(\d{1,2}?)(?::?(\d\d))?$/.exec(plain) ?? []
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return undefined
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
}
