import { parse } from 'yaml'
import { z } from 'zod'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import { openConnections } from '#main/feishu/http/dispatcher.ts'
import type { WayOut } from '../alerts/send-alert.ts'

/** A version that can be had, and what its makers say about it: words of others, shown as they are. */
export interface Release {
  readonly version: string
  readonly notes: string
}

const LIMIT_MS = 20_000
/** Metadata has a few hundred bytes, and notes for people. */
const MOST_BYTES = 256 * 1024
const MOST_NOTES = 10_000

/** Preliminary versions are for people who look for them. */
const VERSION = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/

/** The part of electron-builder's metadata that is used; a feed of several releases has their notes in a list. */
const metadataSchema = z.object({
  version: z.string().regex(VERSION),
  releaseNotes: z
    .union([
      z.string(),
      z
        .array(z.object({ note: z.string().nullish() }))
        .transform((all) => all.map(({ note }) => note ?? '').join('\n\n')),
    ])
    .nullish(),
})

/** Returns the file with the metadata for a system, as electron-builder names it. */
export function metadataFile(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'win32') return 'latest.yml'
  if (platform === 'darwin') return 'latest-mac.yml'
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`
}

/** Returns the release that metadata describes; undefined for anything else. */
export function parseMetadata(text: string): Release | undefined {
  try {
    const { version, releaseNotes } = metadataSchema.parse(parse(text, { maxAliasCount: 0 }))
    return { version, notes: (releaseNotes ?? '').slice(0, MOST_NOTES) }
  } catch {
    return undefined
  }
}

/** Tells whether a version comes after another one. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => VERSION.exec(text)?.slice(1).map(Number))
  if (a === undefined || b === undefined) return false
  const at = a.findIndex((part, index) => part !== b[index])
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0)
}

/**
 * Asks a feed for its newest release. Redirects are not followed.
 * @param url of the metadata; https, or http to this machine
 * @throws Error when it cannot be had
 */
export async function newestOf(url: URL, { caFile, env }: WayOut): Promise<Release | undefined> {
  const connections = openConnections({ base: parseBaseUrl(url.origin), caFile, env })
  try {
    const { statusCode, body } = await connections.current.request({
      origin: url.origin,
      path: url.pathname,
      method: 'GET',
      headers: { 'user-agent': 'feidi' },
      signal: AbortSignal.timeout(LIMIT_MS),
    })
    if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`)
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes`)
    }
    return parseMetadata(Buffer.concat(chunks).toString('utf8'))
  } finally {
    await connections.close()
  }
}
