import { chmodSync, existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

/**
 * The `feidi` command with all it needs in it, so that it starts in a fraction of the time. It is built
 * apart from the app, which ships without it.
 */
export default defineConfig({
  publicDir: false,
  plugins: [withoutUnused(), asCommonJs(), linkCommand()],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'out/cli',
    rollupOptions: {
      checks: { bundlerTimings: false },
      // The worker is opened by its name, beside what opens it.
      input: { feidi: 'main/cli/feidi.ts', 'sums-worker': 'main/engine/sums-worker.ts' },
      output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})

/** Says that these files are CommonJS, which Node loads in half the time: no copies of its own modules. */
function asCommonJs(): Plugin {
  return {
    name: 'as-common-js',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' })
    },
  }
}

/** Imports of packages that serve what Feidi does not use; to load them would take half of a start. */
const UNUSED = [
  // electron-log could send entries to a server.
  { importer: /[\\/]electron-log[\\/].*[\\/]remote\.js$/, imported: /^https?$/ },
  // conf could check and migrate settings; Feidi does both itself.
  { importer: /[\\/]conf[\\/]dist[\\/]/, imported: /^(ajv|ajv-formats|semver)(\/|$)/ },
]

/** Leaves out what is imported for nothing. */
function withoutUnused(): Plugin {
  const empty = '\0unused'
  return {
    name: 'without-unused',
    enforce: 'pre',
    resolveId(source, from = '') {
      const isUnused = UNUSED.some((each) => each.importer.test(from) && each.imported.test(source))
      return isUnused ? empty : undefined
    },
    load: (id) => (id === empty ? 'export class Ajv2020 {}\nexport default {}' : undefined),
  }
}

/** Makes `npx feidi` work in a checkout: npm links the commands of dependencies, not our own. */
function linkCommand(): Plugin {
  return {
    name: 'link-command',
    writeBundle({ dir }) {
      const links = join('node_modules', '.bin')
      const command = join('out', 'cli', 'feidi.js')
      if (!existsSync(links) || dir !== resolve('out', 'cli')) return
      if (process.platform === 'win32') {
        writeFileSync(join(links, 'feidi.cmd'), `@node "%~dp0\\..\\..\\${command}" %*\r\n`)
        return
      }
      chmodSync(command, 0o755)
      rmSync(join(links, 'feidi'), { force: true })
      symlinkSync(join('..', '..', command), join(links, 'feidi'))
    },
  }
}
