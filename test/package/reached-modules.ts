import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'

/** The form in which a bundled package requires a module that was left outside. */
const REQUIRED = /\b__require\("([^"]+)"\)/g

/**
 * Follows every import from what is started, the way Node resolves them, and tells which modules it comes to.
 * @param root - a folder that has all of them
 * @param entries - relative to it
 * @throws Error that names the import nothing was found for
 */
export async function reachedModules(root: string, entries: readonly string[]): Promise<string[]> {
  let reached: string[] = []
  const follow: Plugin = {
    name: 'follow',
    transform(code) {
      const names = new Set([...code.matchAll(REQUIRED)].map(([, name]) => name))
      return [...names].map((name) => `import '${name}'\n`).join('') + code
    },
    buildEnd() {
      reached = [...this.getModuleIds()]
    },
  }
  await build({
    configFile: false,
    root,
    logLevel: 'silent',
    ssr: { noExternal: true },
    resolve: { conditions: ['node', 'import', 'default'], mainFields: ['main'] },
    build: {
      ssr: true,
      write: false,
      rollupOptions: {
        input: entries.map((entry) => join(root, entry)),
        external: (id) => isBuiltin(id) || id === 'electron',
      },
    },
    plugins: [follow],
  })
  return reached
}
