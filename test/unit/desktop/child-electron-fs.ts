/**
 * Finds and reads the files of a folder under an `fs` that takes `*.asar` for folders, as that of
 * Electron does (lib/node/asar-fs-wrapper.ts): they are no valid packages, so every call about them fails.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const [folder = ''] = process.argv.slice(2)

type Calls = Record<string, (...args: never[]) => unknown>

function patch(calls: Calls, fail: (error: Error, args: unknown[]) => unknown): void {
  for (const name of ['access', 'existsSync', 'lstat', 'open', 'readdir', 'realpath', 'stat']) {
    const call = calls[name]
    if (call === undefined) continue
    calls[name] = (...args) =>
      /\.asar/i.test(String(args[0]))
        ? fail(new Error(`Invalid package ${args[0]}`), args)
        : call(...args)
  }
}

const original = { ...fs, promises: { ...fs.promises } }
patch(fs as unknown as Calls, (error, args) => {
  const done = args.at(-1)
  return typeof done === 'function' ? done(error) : false
})
patch(fs.promises as unknown as Calls, (error) => Promise.reject(error))
const { getBuiltinModule } = process
process.getBuiltinModule = ((id: string) =>
  id === 'original-fs' ? original : getBuiltinModule(id)) as typeof getBuiltinModule
syncBuiltinESMExports()

// They take the file system as it is by now.
const { filesOfCommandLine } = await import('#main/desktop/command-line.ts')
const { findSources } = await import('#main/engine/find-sources.ts')
const { fileSources } = await import('#main/engine/source.ts')
const { systemClock } = await import('#main/lib/clock.ts')
const { lookAtEach } = await import('#main/lib/file-system.ts')

const found: Record<string, string> = {}
const destination = { kind: 'folder', folderToken: 'fld' } as const
const options = { clock: systemClock, destination, signal: AbortSignal.timeout(60_000) }
for await (const { path, fileName, sizeBytes, state } of findSources([folder], options)) {
  const bytes = new Uint8Array(sizeBytes)
  const reader = fileSources()
  if (state === undefined) await reader.read({ path }, await reader.inspect({ path }), 0, bytes)
  found[fileName] = state === undefined ? Buffer.from(bytes).toString() : state.kind
}
const given = filesOfCommandLine({ argv: ['feidi', 'app.asar'], workingDirectory: folder })
const seen = await lookAtEach(folder, ['app.asar'], { follows: false })
process.stdout.write(JSON.stringify({ found, given: given.length, seen: seen.found.size }))
