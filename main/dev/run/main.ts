/**
 * `npm run dev [-- --scene NAME] [--inspect]`: Feidi from its sources, in front of a simulated Feishu, with a home that is
 * thrown away at the end. Pages change as they are saved, and the host starts again when its code changes.
 * The window where Electron has been fetched; with `--web`, or without Electron, the browser. With `--inspect` a
 * debugger can attach to the main process or the host at port 9229.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { electronBinary } from '#test/desktop/desktop/electron-binary.ts'
import { DEFAULT_SCENE, findScene, sceneList } from './scenes.ts'
import { openStage, type Stage } from './stage.ts'
import { serveWithReload } from './web.ts'

const USAGE = 2

const { values, positionals } = parseArgs({
  options: {
    web: { type: 'boolean', default: false },
    inspect: { type: 'boolean', default: false },
    scene: { type: 'string' },
  },
  // `--scene` without a name is to list them, as a wrong name does.
  strict: false,
})
const inspect = values.inspect === true
const scene = findScene(values.scene ?? DEFAULT_SCENE)
if (scene === undefined || positionals.length > 0) {
  process.stderr.write(
    `npm run dev -- [--web] [--inspect] [--scene NAME], where NAME is one of\n${sceneList()}`,
  )
  process.exit(USAGE)
}

const over = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => over.abort())

const stage = await openStage(scene)
try {
  await (hasWindow() ? showWindow(stage) : serveWithReload(stage, over.signal, inspect))
} finally {
  await stage.close()
}

function hasWindow(): boolean {
  if (values.web === true) return false
  const hasScreen =
    process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  if (electronBinary() !== undefined && hasScreen) return true
  process.stdout.write(
    hasScreen
      ? 'Electron has not been fetched yet (npm start does that): the pages in a browser instead.\n'
      : 'There is no screen for a window: the pages in a browser instead.\n',
  )
  return false
}

/** electron-vite serves the pages, builds main and preload with source maps, and starts Electron again. */
async function showWindow({ env }: Stage): Promise<void> {
  const args = ['dev', '--watch', '--sourcemap', ...(inspect ? ['--inspect'] : [])]
  const child = spawn('electron-vite', args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  over.signal.addEventListener('abort', () => child.kill())
  await once(child, 'exit')
}
