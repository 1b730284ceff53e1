import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The part of our own manifest that the command's has as well. */
const KEPT = ['name', 'version', 'description', 'author', 'homepage', 'license', 'engines'] as const

/**
 * Packs the built command and the pages of its browser host as npm does. The package has no dependencies, which
 * are bundled, and no Electron.
 * @param folder - gets the content of the package; older content is removed
 * @param destination - an existing folder that gets the package
 * @returns its path
 */
export function makePackage(folder: string, destination: string): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(join('out', 'cli'), join(folder, 'cli'), { recursive: true })
  cpSync(join('out', 'renderer'), join(folder, 'renderer'), { recursive: true })
  copyDocuments(folder)
  const own = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>
  const manifest = {
    ...Object.fromEntries(KEPT.map((key) => [key, own[key]])),
    bin: { feidi: 'cli/feidi.js' },
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  // A relative name would be one of GitHub's repositories.
  const packed = npm(['pack', resolve(folder), '--pack-destination', destination], process.cwd())
  return join(destination, packed.trim().split('\n').at(-1) ?? '')
}

/**
 * Copies all that the documents of the command lead to: each other, their pictures, the units of a server.
 * @param folder - an existing folder
 */
export function copyDocuments(folder: string): void {
  const pages = readdirSync('.').filter((name) => name.endsWith('.md'))
  for (const path of [...pages, 'LICENSE', 'docs', join('main', 'web', 'install')]) {
    cpSync(path, join(folder, path), { recursive: true })
  }
}

/**
 * Runs npm and returns its output.
 * @throws Error with npm's own words
 */
export function npm(args: readonly string[], cwd: string): string {
  const shell = process.platform === 'win32'
  const { status, stdout, stderr, error } = spawnSync('npm', ['--loglevel=error', ...args], {
    cwd,
    shell,
    encoding: 'utf8',
  })
  if (status === 0) return stdout
  throw new Error(`npm ${args.join(' ')}: ${error?.message ?? stderr}`)
}
