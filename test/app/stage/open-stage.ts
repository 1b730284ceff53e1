import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Sessions } from '#main/web/sessions.ts'
import { Spool } from '#main/web/spool.ts'
import { startWebServer } from '#main/web/web-server.ts'
import { StageHost, type StageOptions } from './stage-host.ts'

export interface Stage {
  readonly host: StageHost
  /** A link that lets one browser in. */
  newLink(): string
  close(): Promise<void>
}

/** The real web server in front of a staged host. */
export async function openStage(rendererFolder: string, options: StageOptions): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'feidi-stage-'))
  const host = new StageHost(options)
  const server = await startWebServer({
    app: host,
    spool: new Spool(folder, 64 * 1024 * 1024),
    address: '127.0.0.1',
    port: 0,
    password: undefined,
    sessions: new Sessions({ home: folder, password: undefined, nowMs: Date.now }),
    rendererFolder,
    nowMs: () => Date.now(),
  })
  return {
    host,
    newLink: () => server.newLink().url,
    async close() {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
