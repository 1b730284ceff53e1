import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ROOT_FOLDER_TOKEN } from '../limits.ts'
import { parseReadyLine } from '../ready-line.ts'
import { type ProcessOptions, startSimulatorProcess } from '../remote-simulator.ts'
import { connect, patternBytes } from './raw-client.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const bytes = patternBytes(1_000)

async function setUpProcess(options?: ProcessOptions) {
  const simulator = await startSimulatorProcess(options)
  const client = await connect(simulator)
  onTestFinished(async () => {
    await client.close()
    await simulator.close()
  })
  return { simulator, client }
}

describe('a simulator in a process of its own', () => {
  it('serves calls, shows its state and gives back bytes', async () => {
    const { simulator, client } = await setUpProcess({ rate: 'off' })
    expect(simulator.pid).not.toBe(process.pid)
    expect(simulator).toMatchObject({
      appId: 'cli_demo',
      appSecret: 'demo-secret',
      rootFolderToken: ROOT_FOLDER_TOKEN,
      folderLink: `https://demo.feishu.cn/drive/folder/${simulator.folderToken}`,
    })
    const change = { parent_node: simulator.folderToken }
    const { data } = await client.uploadAll(bytes, change)
    await client.uploadAll(bytes, { size: '1' })
    const state = await simulator.state()
    expect(state.files).toMatchObject([
      { token: data['file_token'], parent: simulator.folderToken },
    ])
    expect(state.calls['files/upload_all']).toEqual({
      calls: 2,
      answered: 2,
      committed: 1,
      maxInFlight: 1,
      codes: { 0: 1, 1062009: 1 },
    })
    expect(await simulator.bytesOf(String(data['file_token']))).toEqual(bytes)
    await expect(simulator.bytesOf('boxcnNowhere')).rejects.toThrow()
  })

  it('takes faults, a clock and resets from outside', async () => {
    const { simulator, client } = await setUpProcess({ rate: 5 })
    const answer = { kind: 'answer', status: 200, code: 1061001 } as const
    await simulator.addFault({ endpoint: 'files/upload_all', times: 'always', do: answer })
    expect((await client.uploadAll(bytes)).code).toBe(1061001)
    expect((await simulator.state()).pendingFaults).toHaveLength(1)
    await simulator.clearFaults()
    expect((await client.uploadAll(bytes)).code).toBe(0)
    expect(await simulator.calls()).toMatchObject([
      { endpoint: 'token' },
      { endpoint: 'files/upload_all', fate: 'refused' },
      { endpoint: 'files/upload_all', fate: 'committed' },
    ])
    await simulator.resetCounters()
    expect((await simulator.state()).calls).toEqual({})
    await simulator.advanceClock(3 * 60 * 60 * 1000)
    expect((await client.uploadAll(bytes)).code).toBe(99991663)
  })

  it('understands its options', async () => {
    const { simulator, client } = await setUpProcess({
      rate: 'off',
      storage: 'discard',
      blockSizeBytes: 600,
      secondFinish: 'same-token',
      overwrite: 'supported',
      requireRouteToken: true,
      bytesPerSecond: 10_000_000,
    })
    const { data } = await client.prepare(bytes.length)
    expect(data).toMatchObject({ block_size: 600, block_num: 2 })
    await client.part(data['upload_id'], 0, bytes.subarray(0, 600))
    await client.part(data['upload_id'], 1, bytes.subarray(600))
    const first = await client.finish(data['upload_id'], 2)
    expect((await client.finish(data['upload_id'], 2)).data).toEqual(first.data)
    const token = String(first.data['file_token'])
    await expect(simulator.bytesOf(token)).rejects.toThrow('keeps no bytes')
    const { transactions } = await simulator.state()
    expect(transactions).toMatchObject([{ receivedSeqs: [0, 1], fileToken: token }])
  })

  it('shows a link for every kind of destination', async () => {
    const { simulator, client } = await setUpProcess()
    for (const [link, path] of [
      [simulator.folderLink, 'drive/folder'],
      [simulator.fileLink, 'file'],
      [simulator.documentLink, 'docx'],
      [simulator.sheetLink, 'sheets'],
      [simulator.baseLink, 'base'],
      [simulator.recordLink, 'base'],
      [simulator.wikiLink, 'wiki'],
    ] as const) {
      expect(new URL(link).pathname).toMatch(new RegExp(`^/${path}/[0-9a-zA-Z]+$`))
    }
    const token = new URL(simulator.wikiLink).pathname.split('/').at(-1)
    const node = await client.get(`/wiki/v2/spaces/get_node?token=${token}`)
    const { obj_token } = node.data['node'] as { obj_token: string }
    expect(simulator.documentLink).toContain(obj_token)
    const { pathname, searchParams } = new URL(simulator.recordLink)
    const table = `${pathname.split('/').at(-1)}/tables/${searchParams.get('table')}`
    const path = `/bitable/v1/apps/${table}/records/${searchParams.get('record')}`
    expect((await client.get(path)).data).toMatchObject({ record: { fields: { 名称: 'No. 1' } } })
  })

  it('makes documents, changes their rules and tells what is in them', async () => {
    const { simulator, client } = await setUpProcess({ rate: 'off' })
    const { token: app, tableIds } = await simulator.addBase({ tables: [{ id: 'tbl1' }] })
    const { token: docx } = await simulator.addDocument({ paragraphs: 1 })
    const { token: sheet, sheetIds } = await simulator.addSpreadsheet({ sheets: [{ id: 's1' }] })
    expect([tableIds, sheetIds]).toEqual([['tbl1'], ['s1']])
    await simulator.addWikiNode({ token: 'wik1', objType: 'docx', objToken: docx })
    const records = `/bitable/v1/apps/${app}/tables/tbl1/records`
    await client.json(records, { fields: { 文本: 'a' } })
    await simulator.changeBase(app, { advancedPermission: true })
    await simulator.setAccess({ token: app, level: 'edit' })
    expect((await client.json(records, { fields: {} })).code).toBe(1254302)
    expect((await client.get('/wiki/v2/spaces/get_node?token=wik1')).code).toBe(0)
    const state = await simulator.documents()
    expect(state.bases[app]).toMatchObject({ tbl1: [{ fields: { 文本: 'a' } }] })
    expect(state.documents[docx]).toMatchObject([{ type: 2 }])
    expect(state.spreadsheets[sheet]).toEqual([])
    await simulator.removeNode(docx)
    expect((await client.get(`/docx/v1/documents/${docx}`)).code).toBe(1770003)
  })

  it('forbids concurrency when told to', async () => {
    const { client } = await setUpProcess({ rate: 'off', forbidConcurrency: true, latencyMs: 500 })
    const both = await Promise.all([client.uploadAll(bytes), client.uploadAll(bytes)])
    expect(both.map((answer) => answer.code).sort()).toEqual([0, 1061045])
  })

  it('refuses nonsense from outside', async () => {
    const { simulator } = await setUpProcess()
    const url = `${simulator.baseUrl}/_simulator`
    const headers = { 'content-type': 'application/json' }
    for (const path of ['faults', 'clock/advance']) {
      const response = await fetch(`${url}/${path}`, { method: 'POST', headers, body: '{}' })
      expect(response.status).toBe(400)
    }
  })

  it('ends when its parent closes it, again and again', async () => {
    const simulator = await startSimulatorProcess()
    await simulator.close()
    await simulator.close()
    await expect(fetch(simulator.baseUrl)).rejects.toThrow()
    expect(() => process.kill(simulator.pid, 0)).toThrow()
  })
})

describe('main.ts', () => {
  // Windows has no signals to stop cleanly at.
  const systemHasSignals = process.platform !== 'win32'
  it.runIf(systemHasSignals).each(['SIGINT', 'SIGTERM'] as const)(
    'stops cleanly at %s',
    async (signal) => {
      const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'inherit'] })
      const [line] = await once(child.stdout, 'data')
      const info = parseReadyLine(String(line))
      expect(info?.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
      child.kill(signal)
      expect(await once(child, 'exit')).toEqual([0, null])
    },
  )

  it.each([
    [['--storage', 'tape'], 'disk, discard, null'],
    [['--port', 'http'], 'whole number'],
    [['--no-such-flag'], 'no-such-flag'],
  ])('explains %j and exits with 2', async (args, reason) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    child.stderr.on('data', (chunk) => {
      text += chunk
    })
    expect(await once(child, 'close')).toEqual([2, null])
    expect(text).toContain(reason)
  })
})
