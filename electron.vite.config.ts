import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { bundleLicences } from './main/desktop/build/bundle-licences.ts'

/** Nothing that someone who starts Feidi could mend: the command alone needs modules loaded late. */
const QUIET = { ineffectiveDynamicImport: false, bundlerTimings: false }

/** Electron and Node's own modules stay outside; everything else is bundled, so that it starts fast. */
export default defineConfig({
  main: {
    define: {
      FEIDI_COMPILED_FEED: JSON.stringify(process.env['FEIDI_UPDATE_FEED'] ?? ''),
      FEIDI_COMPILED_SIGNED: JSON.stringify(process.env['FEIDI_SIGNED'] === 'true'),
    },
    plugins: [iconImages()],
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rollupOptions: {
        checks: QUIET,
        // The worker is opened by its name, beside what opens it.
        input: {
          'desktop/main': 'main/desktop/main.ts',
          'desktop/sums-worker': 'main/engine/sums-worker.ts',
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'desktop/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script can not be an ES module.
      rollupOptions: {
        input: { preload: 'main/desktop/preload.ts' },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react({ jsxImportSource: '#renderer' }), bundleLicences(), relaxedPolicy()],
    build: {
      outDir: 'out/renderer',
      // Both hosts bring or ask for a current Chromium, Firefox or Safari: light-dark() stays as it is.
      target: 'es2024',
      cssTarget: ['chrome130', 'firefox130', 'safari18'],
      // A strict CSP has no data: scripts, and small files may as well be files.
      assetsInlineLimit: 0,
      minify: true,
      // One file: nearly half of it is React, which every screen needs, and it never leaves the machine.
      chunkSizeWarningLimit: 1000,
      modulePreload: { polyfill: false },
      rollupOptions: { checks: QUIET, input: 'renderer/index.html' },
    },
  },
})

/** Takes the policy out of the page that `npm run dev` serves: Vite needs inline scripts to replace code. */
function relaxedPolicy(): Plugin {
  return {
    name: 'relaxed-policy',
    apply: 'serve',
    transformIndexHtml: (html) =>
      html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  }
}

/** Renders the icons, which Electron and the installers take only as images. */
function iconImages(): Plugin {
  return {
    name: 'icon-images',
    async closeBundle() {
      // Loaded here: who takes other parts of this configuration needs no image library.
      const { renderIcons } = await import('./main/desktop/build/render-icons.ts')
      await renderIcons(join('renderer', 'icons'), join('out', 'icons'), join('out', 'installer'))
    },
  }
}
