import { describe, expect, it } from 'vitest'
import { checklistOf } from '#shared/permissions/checklist.ts'
import { chooseScopes, groupsBehind, missingFrom } from '#shared/permissions/choose-scopes.ts'
import { groupsOf, PURPOSE_NAMES, scopesOf } from '#shared/permissions/scope-groups.ts'

const FOLDER = scopesOf(['folder'])

describe('a sign-in asks for', () => {
  it('what folders need, and to stay, where Feishu does not say what the app has', () => {
    expect(chooseScopes({ ofApp: undefined })).toEqual(['offline_access', ...FOLDER])
  })

  it('names as well where the app has the scope for it', () => {
    const ofApp = [...FOLDER, 'drive:drive.metadata:readonly']
    expect(chooseScopes({ ofApp })).toContain('drive:drive.metadata:readonly')
    expect(chooseScopes({ ofApp: FOLDER })).not.toContain('drive:drive.metadata:readonly')
  })

  it('no scope that the app lacks: another of the same effect, or none', () => {
    const ofApp = ['drive:file', 'space:document:retrieve']
    const asked = chooseScopes({ ofApp, granted: ['bitable:app'], further: ['docx:document'] })
    expect(asked).toEqual(['offline_access', 'drive:file', 'space:document:retrieve'])
  })

  it('what was granted before, once', () => {
    const granted = ['offline_access', ...FOLDER, 'docx:document']
    const asked = chooseScopes({ ofApp: undefined, granted, further: ['sheets:spreadsheet'] })
    expect(asked).toEqual([...granted, 'sheets:spreadsheet'])
  })
})

describe('a refusal', () => {
  it('leads to all that the kind of destination needs, not only to the call that was refused', () => {
    const groups = groupsBehind(['docx:document:readonly', 'docx:document'])
    expect(missingFrom(FOLDER, groups, undefined).scopes).toEqual([
      'docs:document.media:upload',
      'docx:document',
    ])
  })

  it('of a call that many kinds share leads to that alone, unless the destination is known', () => {
    const named = groupsOf('media')[0] ?? []
    expect(missingFrom([], groupsBehind(named), undefined).scopes).toEqual([
      'docs:document.media:upload',
    ])
    expect(missingFrom(FOLDER, groupsBehind(named, ['import']), undefined).scopes).toEqual([
      'docs:document.media:upload',
      'docs:document:import',
    ])
  })

  it('with a scope that no purpose names asks for that one', () => {
    expect(missingFrom([], groupsBehind(['new:scope']), undefined).scopes).toEqual(['new:scope'])
    expect(groupsBehind([])).toEqual([])
  })
})

describe('the checklist', () => {
  const stateOf = (purpose: string, lines: ReturnType<typeof checklistOf>) =>
    lines.find((line) => line.purpose === purpose)

  it('tells what works, what the person can grant, and what the app lacks', () => {
    const granted = ['offline_access', ...FOLDER]
    const ofApp = [...FOLDER, ...scopesOf(['document'])]
    const lines = checklistOf({ kind: 'user', granted, ofApp })
    expect(stateOf('folder', lines)).toMatchObject({ state: 'works' })
    expect(stateOf('staySignedIn', lines)).toMatchObject({ state: 'works' })
    expect(stateOf('document', lines)).toEqual({
      purpose: 'document',
      state: 'grant',
      scopes: ['docs:document.media:upload', 'docx:document'],
    })
    expect(stateOf('sheet', lines)).toEqual({
      purpose: 'sheet',
      state: 'app',
      scopes: ['sheets:spreadsheet'],
    })
  })

  it('of an app goes by what the app has, and staying signed in is no matter for it', () => {
    const lines = checklistOf({ kind: 'app', granted: null, ofApp: FOLDER })
    expect(stateOf('folder', lines)).toMatchObject({ state: 'works' })
    expect(stateOf('document', lines)).toMatchObject({ state: 'app' })
    expect(stateOf('staySignedIn', lines)).toBeUndefined()
  })

  it('promises nothing where nothing is known', () => {
    for (const kind of ['app', 'user', 'access-token'] as const) {
      const lines = checklistOf({ kind, granted: null, ofApp: null })
      expect(new Set(lines.map(({ state }) => state))).toEqual(new Set(['unknown']))
    }
  })
})

it('each purpose is served by the scopes that are asked for it', () => {
  for (const purpose of PURPOSE_NAMES) {
    const { scopes } = missingFrom(scopesOf([purpose]), groupsOf(purpose), undefined)
    expect(scopes, purpose).toEqual([])
  }
})
