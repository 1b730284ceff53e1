import type { PackedFile } from './packed-files.ts'

/** Returns a report on the archive's contents and their sizes, by place, largest first. */
export function report(files: readonly PackedFile[]): string {
  return [
    `${files.length} files, ${size(total(files))}`,
    '',
    ...table(files, ({ path }) => place(path)),
  ].join('\n')
}

function place(path: string): string {
  const [first = '', second = ''] = path.split('/')
  return first === 'out' ? `${first}/${second}` : first
}

function table(files: readonly PackedFile[], key: (file: PackedFile) => string): string[] {
  const groups = Map.groupBy(files, key)
  return [...groups]
    .map(([name, group]) => ({ name, count: group.length, bytes: total(group) }))
    .sort((one, other) => other.bytes - one.bytes)
    .map(({ name, count, bytes }) => `${size(bytes).padStart(11)}  ${name} (${count} files)`)
}

function total(files: readonly PackedFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}

function size(bytes: number): string {
  return `${(bytes / 1000).toLocaleString('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 })} KB`
}
