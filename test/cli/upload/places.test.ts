import { describe, expect, it } from 'vitest'
import { openScene } from '#test/kit/feidi/scene.ts'

const LINK = 'https://example.feishu.cn'

describe.concurrent('a pasted link', () => {
  it('of a wiki page is what it resolves to, also in a dry run once it is known', async (test) => {
    const scene = await openScene(test)
    const { simulator } = scene
    const document = simulator.addDocument({ title: '周报' })
    simulator.addWikiNode({ token: 'wikcn1', objType: 'docx', objToken: document.token })
    const { path } = await scene.write('a.txt', 10)
    const to = `${LINK}/wiki/wikcn1?from=copy`
    const dry = await scene.run(['upload', path, '--to', to, '--dry-run'])
    expect(dry.lines).toContainEqual(
      expect.objectContaining({
        error: expect.objectContaining({ code: 'destination-not-looked-up' }),
      }),
    )
    expect((await scene.run(['upload', path, '--to', to])).exitCode).toBe(0)
    expect(simulator.blocks(document.token)).toHaveLength(2)
    const again = await scene.run(['upload', path, '--to', to, '--dry-run'])
    expect(again.lines[0]).toMatchObject({ type: 'plan', action: 'skip' })
    expect((await scene.run(['upload', path, '--to', to])).summary).toMatchObject({ skipped: 1 })
  })

  it('of a Base without a table takes the only one', async (test) => {
    const scene = await openScene(test)
    const base = scene.simulator.addBase({ tables: [{ id: 'tbl1' }] })
    const { path } = await scene.write('a.txt', 10)
    const run = await scene.run(['upload', path, '--to', `${LINK}/base/${base.token}`])
    expect(run.exitCode).toBe(0)
    expect(scene.simulator.records(base.token, 'tbl1')).toHaveLength(1)
  })

  it.for([
    ['several tables', { tables: [{ name: '甲' }, { name: '乙' }] }, '', 'base-table-ambiguous'],
    ['a dashboard', { tables: [{ id: 'tbl1' }] }, '?table=blkDash', 'base-table-missing'],
    [
      'several attachment fields',
      {
        tables: [
          {
            id: 'tbl1',
            fields: [
              { name: '甲', type: 'attachment' as const },
              { name: '乙', type: 'attachment' as const },
            ],
          },
        ],
      },
      '?table=tbl1',
      'base-field-ambiguous',
    ],
    [
      'no attachment field',
      { tables: [{ id: 'tbl1', fields: [{ name: '甲', type: 'text' as const }] }] },
      '?table=tbl1',
      'base-no-attachment-field',
    ],
  ] as const)('of a Base with %s is asked about', async ([, base, query, code], test) => {
    const scene = await openScene(test)
    const { token } = scene.simulator.addBase(base)
    const { path } = await scene.write('a.txt', 10)
    const run = await scene.run(['upload', path, '--to', `${LINK}/base/${token}${query}`])
    expect(run.exitCode).toBe(2)
    expect(run.lines).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ code }) }),
    )
    expect(scene.simulator.files()).toEqual([])
  })

  it.for([
    [131005, 'wikcnNowhere', 2],
    [131006, 'wikcn1', 3],
  ] as const)('of a wiki page nobody may see ends with %s', async ([code, token, exit], test) => {
    const scene = await openScene(test)
    const document = scene.simulator.addDocument()
    scene.simulator.addWikiNode({ token: 'wikcn1', objType: 'docx', objToken: document.token })
    scene.simulator.setAccess('wikcn1', 'none')
    const { path } = await scene.write('a.txt', 10)
    const run = await scene.run(['upload', path, '--to', `wiki:${token}`])
    expect(run.exitCode).toBe(exit)
    expect(run.lines).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ code }) }),
    )
  })

  it('of a page of slides in a wiki, which take no files, brings them below the page', async (test) => {
    const scene = await openScene(test)
    scene.simulator.addWikiNode({ token: 'wikcn1', objType: 'slides', objToken: 'sldcn1' })
    const { path } = await scene.write('a.txt', 10)
    const run = await scene.run(['upload', path, '--to', 'wiki:wikcn1'])
    expect(run.exitCode).toBe(0)
    expect(scene.simulator.files()).toMatchObject([
      { name: 'a.txt', parentType: 'wiki', parent: 'wikcn1' },
    ])
  })

  it('of a document that may only be read is refused before anything is sent', async (test) => {
    const scene = await openScene(test)
    const document = scene.simulator.addDocument({ title: '只读' })
    scene.simulator.setAccess(document.token, 'view')
    const { path } = await scene.write('a.txt', 10)
    const run = await scene.run(['upload', path, '--to', `docx:${document.token}`])
    expect(run.exitCode).toBe(3)
    expect(run.lines).toContainEqual(
      expect.objectContaining({
        error: expect.objectContaining({ code: 'destination-read-only' }),
      }),
    )
    expect(scene.simulator.files()).toEqual([])
  })

  it('can be watched for: the rule knows the document behind the wiki page', async (test) => {
    const scene = await openScene(test)
    const base = scene.simulator.addBase({ tables: [{ id: 'tbl1' }] })
    scene.simulator.addWikiNode({ token: 'wikcn1', objType: 'bitable', objToken: base.token })
    await scene.write('年/a.txt', 10)
    const args = ['watch', scene.folder, '--to', `${LINK}/wiki/wikcn1?table=tbl1`, '--once']
    expect((await scene.run(args)).exitCode).toBe(0)
    expect((await scene.run(args)).exitCode).toBe(0)
    expect(scene.simulator.records(base.token, 'tbl1')).toHaveLength(1)
  })
})

describe.concurrent('--as-document', () => {
  it('prints the links of the documents; other files stay files', async (test) => {
    const scene = await openScene(test)
    const { simulator, folderToken, to } = scene
    const content = Buffer.from('# 周报')
    const files = [await scene.write('周报.md', content), await scene.write('图.png', 10)]
    const paths = files.map(({ path }) => path)
    const plan = await scene.upload(paths, '--as-document', '--dry-run')
    expect(plan.lines).toMatchObject([
      { document: 'docx', calls: { upload_all: 1, import_tasks: 3 } },
      { calls: { upload_all: 1 } },
      {},
    ])
    expect(plan.lines[1]).not.toHaveProperty('document')
    const run = await scene.start(['upload', ...paths, '--to', to, '--as-document']).ended
    expect(run.exitCode).toBe(0)
    const [made] = simulator.imported
    expect(run.stdout).toContain(`https://demo.feishu.cn/docx/${made?.token}`)
    const names = simulator.childrenOf(folderToken).map(({ name, type }) => `${name} ${type}`)
    expect(names.sort()).toEqual(['周报 docx', '图.png file'])
  })

  it('says what is missing: a folder, a scope, a sense', async (test) => {
    const scene = await openScene(test)
    const { simulator } = scene
    const { path } = await scene.write('a.csv', Buffer.from('a,b'))
    const sheet = `sheet:${simulator.addSpreadsheet().token}`
    const elsewhere = await scene.run(['upload', path, '--to', sheet, '--as-document'])
    expect(elsewhere.lines.at(-1)).toMatchObject({ error: { code: 'document-needs-folder' } })
    const wrong = await scene.upload([path], '--as-document', '--tables', 'word')
    expect([wrong.exitCode, (await scene.upload([path], '--or-file')).exitCode]).toEqual([2, 2])
    const scopes = ['docs:document.media:upload', 'space:document:retrieve', 'drive:file:upload']
    simulator.registerApp('cli_demo', 'demo-secret', { scopes })
    const base = await scene.upload([path], '--as-document', '--tables', 'base')
    expect(base.exitCode).toBe(3)
    expect(base.stdout).toContain('docs:document:import')
    // Plain files go there all the same.
    expect((await scene.upload([path])).exitCode).toBe(0)
    expect(simulator.imported).toEqual([])
  })
})
