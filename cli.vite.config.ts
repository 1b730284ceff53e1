import { chmodSync, existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

/**
 * The `feidi` command with all it needs in it, so that it starts in a fraction of the time. It is built
 * apart from the app, which ships without it.
 */
export default defineConfig({
  publicDir: false,
  plugins: [linkCommand()],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'out/cli',
    rollupOptions: {
      // The worker is opened by its name, beside what opens it.
      input: { feidi: 'main/cli/feidi.ts', 'sums-worker': 'main/engine/sums-worker.ts' },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})

/** Makes `npx feidi` work in a checkout: npm links the commands of dependencies, not our own. */
function linkCommand(): Plugin {
  return {
    name: 'link-command',
    closeBundle() {
      const links = join('node_modules', '.bin')
      const command = join('out', 'cli', 'feidi.js')
      if (!existsSync(links) || !existsSync(command)) return
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
