/**
 * Keeps the state files of the present version for `test/unit/store/homes.test.ts`: run `node test/homes/make.ts` at each
 * release. The account and its secret are those of the simulator.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { openAccounts } from '#main/store/account-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { startSimulatorProcess } from '#test/simulator/remote-simulator.ts'
import packageJson from '../../package.json' with { type: 'json' }

const STATE_FILES = ['feidi.db', 'settings.json', 'secret.key']

const root = mkdtempSync(join(tmpdir(), 'feidi-make-home-'))
const home = join(root, 'home')
const simulator = await startSimulatorProcess({ rate: 'off' })
try {
  const { baseUrl, appId, appSecret, folderToken } = simulator
  const watched = join(root, '工作')
  mkdirSync(watched)
  writeFileSync(join(watched, '报告.txt'), 'a report')
  mkdirSync(home, { mode: 0o700 })
  const box = keyFileBox(home)
  await openAccounts(home, box).addApp({ appId, appSecret, baseUrl }, Date.now())
  const env = { ...process.env, FEIDI_HOME: home, FEIDI_BASE_URL: baseUrl }
  const feidi = (...args: string[]) =>
    execFileSync(process.execPath, ['main/cli/feidi.ts', ...args], { env, stdio: 'inherit' })
  feidi('watch', watched, '--to', `folder:${folderToken}`, '--once')
  writeFileSync(join(root, '单个.txt'), 'one file')
  feidi('upload', join(root, '单个.txt'), '--to', `folder:${folderToken}`)
  const kept = join(import.meta.dirname, packageJson.version)
  mkdirSync(kept, { recursive: true })
  for (const name of STATE_FILES) {
    writeFileSync(join(kept, `${name}.gz`), gzipSync(readFileSync(join(home, name)), { level: 9 }))
  }
} finally {
  await simulator.close()
  rmSync(root, { recursive: true, force: true })
}
