import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openRules, type RuleWishes } from '#main/store/rule-store.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import { codeThrownBy, errorThrownBy, makeTempFolder } from './store-kit.ts'

function wishes(folder: string, more: Partial<RuleWishes> = {}): RuleWishes {
  const destination = { kind: 'folder', folderToken: 'fldA' } as const
  return { ...WATCH_RULE_DEFAULTS, folder, destination, ...more }
}

function homeWith(settings: unknown) {
  const home = makeTempFolder()
  const file = join(home, 'settings.json')
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings)
  writeFileSync(file, text)
  return { home, file, text }
}

describe('watch rules', () => {
  it('are none, and no file, until one is added', () => {
    const home = makeTempFolder()
    expect(openRules(home).list()).toEqual([])
    expect(readdirSync(home)).toEqual([])
  })

  it('are read back as they were added, by anybody, in a file of their own', () => {
    const home = makeTempFolder()
    const rules = openRules(home)
    const one = rules.add(wishes('/one', { maximumBytes: 10, account: 'app:a@b' }), 1)
    const two = rules.add(wishes('/two', { include: ['*.pdf'] }), 2)
    expect(openRules(home).list()).toEqual([one, two])
    expect(openRules(home).get(two.id)).toEqual(two)
    if (process.platform !== 'win32') {
      expect(statSync(join(home, 'settings.json')).mode & 0o777).toBe(0o600)
    }
  })

  it('move to another folder under their id, and are as young as the move', () => {
    const rules = openRules(makeTempFolder())
    const { id } = rules.add(wishes('/one'), 1)
    expect(rules.replace(id, wishes('/one', { dedupe: true }), 5)).toMatchObject({
      dedupe: true,
      createdAtMs: 1,
    })
    expect(rules.replace(id, wishes('/two'), 9)).toMatchObject({
      id,
      folder: '/two',
      createdAtMs: 9,
    })
    expect(rules.replace('nobody', wishes('/three'), 9)).toBeUndefined()
    expect(rules.list()).toHaveLength(1)
  })

  it('come back where they were, unless another took their place', () => {
    const rules = openRules(makeTempFolder())
    const [one, two] = [rules.add(wishes('/one'), 1), rules.add(wishes('/two'), 2)]
    rules.remove(one.id)
    expect(rules.restore(one, 0)).toBe(true)
    expect(rules.list()).toEqual([one, two])
    expect(rules.restore(one, 0)).toBe(false)
    rules.remove(two.id)
    rules.add(wishes('/two'), 3)
    expect(rules.restore(two, 1)).toBe(false)
    expect(rules.list()).toHaveLength(2)
  })

  it('keep id and age when folder and destination are added again', () => {
    const rules = openRules(makeTempFolder())
    const first = rules.add(wishes('/one'), 1)
    const again = rules.add(wishes('/one', { dedupe: true }), 2)
    expect(again).toEqual({ ...first, dedupe: true })
    const elsewhere = { kind: 'media', parentType: 'docx_file', parentNode: 'd' } as const
    expect(rules.add(wishes('/one', { destination: elsewhere }), 3).id).not.toBe(first.id)
    expect(rules.find(again)).toEqual(again)
  })

  it('change and go by id', () => {
    const rules = openRules(makeTempFolder())
    const { id } = rules.add(wishes('/one'), 1)
    expect(rules.update(id, { enabled: false })).toMatchObject({ id, enabled: false })
    expect(rules.update('other', { enabled: true })).toBeUndefined()
    expect(rules.remove(id)).toMatchObject({ id, enabled: false })
    expect(rules.remove(id)).toBeUndefined()
    expect(rules.list()).toEqual([])
  })

  it('leave alone what else is in the file, and what a later version wrote into a rule', () => {
    const { home, file } = homeWith({ version: 2, window: { width: 900 }, watchRules: [] })
    const rules = openRules(home)
    const { id } = rules.add(wishes('/one'), 1)
    const settings = JSON.parse(readFileSync(file, 'utf8'))
    settings.watchRules[0].colour = 'red'
    writeFileSync(file, JSON.stringify(settings))
    rules.update(id, { enabled: false })
    const after = JSON.parse(readFileSync(file, 'utf8'))
    expect(after.window).toEqual({ width: 900 })
    expect(after.watchRules).toMatchObject([{ id, colour: 'red', enabled: false }])
  })

  const rule = { ...wishes('/one'), id: 'a', createdAtMs: 1 }
  it.for([
    ['an empty file', ''],
    ['half a file', '{"version":2,"watchRu'],
    ['binary rubbish', '\u0000\u0001\u0002'],
    ['no object', '[]'],
    ['no version', { watchRules: [] }],
    ['rules that are no list', { version: 2, watchRules: {} }],
    ['a rule without a folder', { version: 2, watchRules: [{ ...rule, folder: undefined }] }],
    ['a rule with a wrong word', { version: 2, watchRules: [{ ...rule, onChange: 'maybe' }] }],
    ['a negative size', { version: 2, watchRules: [{ ...rule, minimumBytes: -1 }] }],
    ['one id twice', { version: 2, watchRules: [rule, { ...rule, folder: '/two' }] }],
  ] as const)('are set aside, byte for byte, when the file holds %s', ([, settings]) => {
    const { home, file, text } = homeWith(settings)
    const error = errorThrownBy(() => openRules(home).list())
    expect(error.code).toBe('settings-corrupt')
    expect(existsSync(file)).toBe(false)
    const [aside = ''] = readdirSync(home)
    expect(error.context.detail).toContain(join(home, aside))
    expect(readFileSync(join(home, aside), 'utf8')).toBe(text)
    expect(openRules(home).list()).toEqual([])
  })

  it.for(['{"version":2,"watchRu', { version: 2, watchRules: {} }])(
    'stay where they are for who only looks: %j',
    (settings) => {
      const { home, file, text } = homeWith(settings)
      const error = errorThrownBy(() => openRules(home).look())
      expect(error.code).toBe('settings-damaged')
      expect(error.context.detail).toContain(file)
      expect(readFileSync(file, 'utf8')).toBe(text)
      expect(readdirSync(home)).toEqual(['settings.json'])
    },
  )

  it('of a newer version are refused and not touched', () => {
    const { home, file, text } = homeWith({ version: 3, watchRules: 'something new' })
    expect(codeThrownBy(() => openRules(home).list())).toBe('store-newer')
    expect(codeThrownBy(() => openRules(home).add(wishes('/one'), 1))).toBe('store-newer')
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('load no package that listens to signals', () => {
    const before = process.rawListeners('SIGTERM')
    openRules(makeTempFolder()).add(wishes('/one'), 1)
    expect(process.rawListeners('SIGTERM')).toEqual(before)
  })
})
