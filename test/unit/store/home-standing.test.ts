import { cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type OpenHome, openHome } from '#main/app/open-engine.ts'
import { ADOPTED_MEMO } from '#main/engine/ports.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import { machineId } from '#main/lib/machine-id.ts'
import { codeThrownBy, makeTempFolder } from './store-kit.ts'

let root = ''
let home = ''
beforeEach(() => {
  root = makeTempFolder()
  home = join(root, 'home')
})

const here = () => ({ machine: 'here', stateFolder: join(root, 'state') })

/** Opens a home, makes so many calls from it, and says what stood in the way. */
function use(
  folder: string,
  calls = 3,
  place: Parameters<typeof openHome>[1] = here(),
  work: (opened: OpenHome) => void = () => {},
): unknown {
  const opened = openHome({ home: folder, command: 'feidi test', version: '0' }, place)
  try {
    for (let call = 0; call < calls; call++) opened.stores.quota.countCall('app', 'e', 'day', 0)
    work(opened)
    return opened.standing.problem?.code
  } finally {
    opened.close()
  }
}

const adopt = ({ standing }: OpenHome) => standing.adopt(5)

describe('a home', () => {
  it('is itself with every start, also after it was moved as a whole', () => {
    for (let start = 0; start < 3; start++) expect(use(home)).toBeUndefined()
    renameSync(home, join(root, 'elsewhere'))
    expect(use(join(root, 'elsewhere'))).toBeUndefined()
  })

  it('is noticed on another computer, until it is adopted there', () => {
    const there = { ...here(), machine: 'there', stateFolder: join(root, 'state-there') }
    use(home)
    expect(use(home, 0, there)).toBe('home-moved')
    expect(use(home, 0, there, adopt)).toBeUndefined()
    expect(use(home, 1, there)).toBeUndefined()
    expect(use(home)).toBeUndefined()
  })

  it('is noticed when it was put back to an earlier state', () => {
    use(home)
    cpSync(home, join(root, 'backup'), { recursive: true })
    use(home)
    rmSync(home, { recursive: true })
    renameSync(join(root, 'backup'), home)
    expect(use(home, 0)).toBe('home-restored')
    expect(use(home, 0, here(), adopt)).toBeUndefined()
    for (let start = 0; start < 2; start++) expect(use(home)).toBeUndefined()
  })

  it('is noticed as a copy while the other one is there', () => {
    use(home)
    const copy = join(root, 'copy')
    cpSync(home, copy, { recursive: true })
    expect(use(copy)).toBe('home-moved')
    expect(use(home)).toBeUndefined()
    expect(use(copy, 0, here(), adopt)).toBeUndefined()
    expect(use(copy)).toBeUndefined()
    // Now it is this one that does not know what the other has done.
    expect(use(home)).toBe('home-restored')
  })

  it('lives where nothing tells one computer from another, as in a container', () => {
    const container = { machine: undefined, stateFolder: join(root, 'gone') }
    use(home, 3, container)
    rmSync(container.stateFolder, { recursive: true })
    expect(use(home, 3, { ...container, stateFolder: join(root, 'other') })).toBeUndefined()
  })

  it('sends nothing before it is adopted, and remembers when that was', () => {
    use(home)
    const there = { ...here(), machine: 'there' }
    const settings = {
      credentials: { kind: 'app', appId: 'cli_a', appSecret: 's' },
      lanes: 'auto',
    } as const
    use(home, 0, there, (opened) => {
      const connect = () => opened.connect(settings, openLog(home))
      expect(codeThrownBy(connect)).toBe('home-moved')
      adopt(opened)
      expect(opened.stores.memos.recall(ADOPTED_MEMO)).toBe(5)
      void connect().close()
    })
  })

  it('needs no place outside of it', () => {
    expect(use(home, 3, { machine: 'here', stateFolder: '/dev/null/state' })).toBeUndefined()
    expect(existsSync('/dev/null/state')).toBe(false)
  })
})

it('a computer has one id, which is not the number itself', () => {
  expect(machineId()).toBe(machineId())
  expect(machineId() ?? '0'.repeat(32)).toMatch(/^[0-9a-f]{32}$/)
})
