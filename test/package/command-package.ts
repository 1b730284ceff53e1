/** The package of the command, as a person installs it: into an empty folder, from nowhere but itself. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { makePackage, npm } from '#main/dev/pack/make-package.ts'
import { startSimulatorProcess } from '#test/simulator/remote-simulator.ts'

const PASSWORD = 'a password for the page'
const CONTENT = Buffer.from('飞递'.repeat(1000))

/** Stands for a Node of a person who has not renewed theirs. */
const OLDER_NODE = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.1.0' } })`

/**
 * Packs the built command, installs it, uploads a file with it, and opens its pages.
 * @param folder - an empty folder for all of it
 * @returns a sentence for each fault
 */
export async function commandFaults(folder: string): Promise<string[]> {
  const empty = join(folder, 'empty')
  await mkdir(empty, { recursive: true })
  const tarball = makePackage(join(folder, 'package'), folder)
  npm(['install', '--offline', '--no-audit', '--no-fund', '--prefix', empty, tarball], empty)
  const installed = (await readdir(join(empty, 'node_modules'))).filter((name) => name[0] !== '.')
  const command = join(empty, 'node_modules', 'feidi', 'cli', 'feidi.js')
  return [
    ...(installed.join() === 'feidi' ? [] : [`the command brings along ${installed.join(', ')}`]),
    ...(await uploadFaults(command, empty)),
    ...(await olderNodeFaults(command, folder)),
  ]
}

async function uploadFaults(command: string, folder: string): Promise<string[]> {
  const simulator = await startSimulatorProcess({ rate: 'off' })
  try {
    const { baseUrl, appId, appSecret, folderToken } = simulator
    const env = {
      ...process.env,
      FEIDI_HOME: join(folder, 'home'),
      FEIDI_BASE_URL: baseUrl,
      FEIDI_APP_ID: appId,
      FEIDI_APP_SECRET: appSecret,
      FEIDI_WEB_PASSWORD: PASSWORD,
    }
    await writeFile(join(folder, '合同.txt'), CONTENT)
    const run = (...args: string[]) =>
      spawn(process.execPath, [command, ...args], { cwd: folder, env })
    const upload = run('upload', '合同.txt', '--to', `folder:${folderToken}`)
    const [said, [code]] = await Promise.all([text(upload.stderr), once(upload, 'exit')])
    const [file] = (await simulator.state()).files
    const arrived = file === undefined ? undefined : await simulator.bytesOf(file.token)
    const serve = run('--json', 'serve', '--port', '0')
    const page = await readPage(serve.stdout)
    serve.kill()
    await once(serve, 'exit')
    return [
      ...(code === 0 ? [] : [`feidi upload ended with ${code}: ${said}`]),
      ...(arrived?.equals(CONTENT) ? [] : ['the file of feidi upload did not arrive']),
      ...(page.includes('/assets/') ? [] : [`feidi serve shows no page: ${page}`]),
    ]
  } finally {
    await simulator.close()
  }
}

/** Signs in to `feidi serve` and opens its page, as a browser does. */
async function readPage(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const { type, url } = JSON.parse(line) as { type: string; url: string }
    if (type !== 'serving') continue
    const { origin } = new URL(url)
    const entered = await fetch(`${origin}/enter`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ password: PASSWORD }),
      redirect: 'manual',
    })
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
    return (await fetch(origin, { headers: { cookie } })).text()
  }
  return ''
}

async function olderNodeFaults(command: string, folder: string): Promise<string[]> {
  const older = join(folder, 'older-node.cjs')
  await writeFile(older, OLDER_NODE)
  const child = spawn(process.execPath, ['--require', older, command, 'status'])
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  const isFine = code === 2 && said.startsWith('feidi needs Node.js 24 or newer, this is 22.1.0.\n')
  return isFine ? [] : [`on an older Node the command ended with ${code}: ${said}`]
}
