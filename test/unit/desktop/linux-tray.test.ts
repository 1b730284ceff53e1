import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { showsTray } from '#main/desktop/linux-tray.ts'

const GNOME = { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME', XDG_SESSION_TYPE: 'wayland' }

it.skipIf(process.platform === 'win32').for([
  ['GNOME with the extension', GNOME, 'echo "(<true>,)"', true],
  ['GNOME without it', GNOME, 'exit 1', false],
  ['a watcher without a host', GNOME, 'echo "(<false>,)"', false],
  ['sway without a bar', { XDG_SESSION_TYPE: 'wayland' }, 'exit 1', false],
  ['a desktop on X11, which has trays of its own', { XDG_SESSION_TYPE: 'x11' }, 'exit 1', true],
  ['a system that cannot be asked', GNOME, undefined, true],
] as const)('%s', async ([, env, script, expected], test) => {
  const folder = await mkdtemp(join(tmpdir(), 'feidi-bus-'))
  test.onTestFinished(() => rm(folder, { recursive: true, force: true }))
  if (script !== undefined) {
    const program = join(folder, 'gdbus')
    await writeFile(program, `#!/bin/sh\n${script}\n`)
    await chmod(program, 0o755)
  }
  expect(await showsTray({ platform: 'linux', env: { ...env, PATH: folder } })).toBe(expected)
})

it('is taken for granted elsewhere', async () => {
  expect(await showsTray({ platform: 'darwin', env: {} })).toBe(true)
  expect(await showsTray({ platform: 'win32', env: {} })).toBe(true)
})
