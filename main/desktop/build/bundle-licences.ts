/** Collects the licences of everything the product brings along, for the page that shows them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string | { readonly type: string }
  readonly dependencies?: Readonly<Record<string, string>>
}

interface Licence {
  readonly name: string
  readonly version: string
  /** As SPDX writes it. */
  readonly licence: string
  readonly text: string
}

const LICENCE_FILE = /^(licen[cs]e|copying)([.-].*)?$/i

/** Writes `licences.json`: what was bundled into the pages, and what the main process loads. */
export function bundleLicences(): Plugin {
  return {
    name: 'bundle-licences',
    generateBundle(_options, bundle) {
      const found = new Map<string, Licence>()
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        for (const id of chunk.moduleIds) {
          const [, folder] = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id) ?? []
          if (folder !== undefined) add(found, folder)
        }
      }
      for (const name of Object.keys(manifestOf('.').dependencies ?? {})) addTree(found, name, '.')
      const licences = [...found.values()].sort((a, b) => a.name.localeCompare(b.name))
      const source = JSON.stringify(licences)
      this.emitFile({ type: 'asset', fileName: 'licences.json', source })
    },
  }
}

/** A package and all it needs, found as Node finds them: nested first. */
function addTree(found: Map<string, Licence>, name: string, from: string): void {
  const nested = join(from, 'node_modules', name)
  const folder = existsSync(nested) ? nested : join('node_modules', name)
  // Optional ones for other systems are not there.
  if (!existsSync(folder) || !add(found, folder)) return
  for (const needed of Object.keys(manifestOf(folder).dependencies ?? {})) {
    addTree(found, needed, folder)
  }
}

/** @returns whether it was not known before */
function add(found: Map<string, Licence>, folder: string): boolean {
  if (!existsSync(join(folder, 'package.json'))) return false
  const { name, version, license } = manifestOf(folder)
  if (name === undefined || found.has(`${name} ${version}`)) return false
  const file = readdirSync(folder).find((entry) => LICENCE_FILE.test(entry))
  found.set(`${name} ${version}`, {
    name,
    version,
    licence: typeof license === 'string' ? license : (license?.type ?? ''),
    text: file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim(),
  })
  return true
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}
