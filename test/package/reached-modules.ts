import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'

/**
 * Follows every import from an entry, the way Node resolves them, and tells which modules it comes to.
 * @param root - a folder that has all of them
 * @param entry - relative to it
 * @throws Error that names the import nothing was found for
 */
export async function reachedModules(root: string, entry: string): Promise<string[]> {
  let reached: string[] = []
  const dependencies = await ownDependencies(root)
  const follow: Plugin = {
    name: 'follow',
    // What is loaded late, by `createRequire`, is an import like any other.
    transform(code, id) {
      if (id.includes('/node_modules/')) return null
      const late = dependencies.filter((name) => code.includes(`("${name}")`))
      return late.length === 0 ? null : late.map((name) => `import '${name}'\n`).join('') + code
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
      ssr: join(root, entry),
      write: false,
      rollupOptions: { external: (id) => isBuiltin(id) || id === 'electron' },
    },
    plugins: [follow],
  })
  return reached
}

async function ownDependencies(root: string): Promise<string[]> {
  const text = await readFile(join(root, 'package.json'), 'utf8')
  return Object.keys((JSON.parse(text) as { dependencies?: object }).dependencies ?? {})
}
