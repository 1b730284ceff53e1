import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { answerAppRequest } from '#main/desktop/app-protocol.ts'
import { runShell } from '#main/desktop/run-shell.ts'
import { staticFiles } from '#main/lib/static-files.ts'
import { tempFolder } from '../watch/watch-kit.ts'

const NO_PICTURES = { picture: async () => undefined }

describe('a file of the page', () => {
  it('is read whole before it is answered, so that a reload cuts nothing off', async () => {
    const folder = tempFolder()
    const script = Buffer.alloc(1024 * 1024, 'x')
    writeFileSync(join(folder, 'index.js'), script)
    const files = staticFiles(folder)
    const response = await answerAppRequest(files, NO_PICTURES, {
      method: 'GET',
      url: 'app://feidi/index.js',
    })
    // The file changes and the page turns away: nothing of the answer still hangs on the disk.
    writeFileSync(join(folder, 'index.js'), '')
    expect(Buffer.from(await response.arrayBuffer()).equals(script)).toBe(true)
    const given = files.get('/index.js')
    expect(given).toBeDefined()
    const read = vi.fn<() => never>()
    const again = await answerAppRequest(
      new Map([['/index.js', { ...given, read } as never]]),
      NO_PICTURES,
      {
        method: 'GET',
        url: 'app://feidi/index.js',
      },
    )
    await again.body?.cancel('reloaded')
    expect(read).not.toHaveBeenCalled()
  })
})

it('the compiled code of the pages is kept, which a scheme of its own has to ask for', async () => {
  const registerSchemesAsPrivileged = vi.fn<(schemes: unknown) => void>()
  const quit = vi.fn<() => void>()
  const app = {
    setPath() {},
    requestSingleInstanceLock: () => false,
    isPackaged: true,
    on() {},
    quit,
  }
  const electron = { app, crashReporter: { start() {} }, protocol: { registerSchemesAsPrivileged } }
  const env = { FEIDI_HOME: join(tempFolder(), 'home') }
  await runShell({
    electron,
    process: { ...process, env, argv: [], platform: 'linux' },
  } as never)
  expect(quit).toHaveBeenCalledOnce()
  expect(registerSchemesAsPrivileged.mock.calls).toMatchObject([
    [[{ scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } }]],
  ])
})
