/** `kill -9` exactly while a call is at the server: before it takes effect, or before its answer. */
import { describe, expect, it } from 'vitest'
import type { SecondFinish } from '#test/simulator/server.ts'
import { AcknowledgedParts } from './acknowledged-parts.ts'
import { openTreeScene } from './tree.ts'

/** The outcomes of a call whose client is gone. */
const FATES = {
  'is lost': { when: 'before-commit', end: 'abandon' },
  'takes effect later': { when: 'before-commit', end: 'release' },
  'took effect': { when: 'after-commit', end: 'release' },
} as const

interface Case {
  readonly call: string
  readonly target: { readonly endpoint: string; readonly seq?: number }
  readonly fate: keyof typeof FATES
  readonly secondFinish: SecondFinish
}

const FINISH = { call: 'a finish', target: { endpoint: 'files/upload_finish' } }
const SECOND_FINISHES = ['same-token', 'expired', 'not-found', 'second-file'] as const

const CASES: readonly Case[] = [
  ...everyFate('making a folder', { endpoint: 'files/create_folder' }),
  ...everyFate('an upload in one call', { endpoint: 'files/upload_all' }),
  ...everyFate('a prepare', { endpoint: 'files/upload_prepare' }),
  ...everyFate('the first part', { endpoint: 'files/upload_part', seq: 0 }),
  ...everyFate('a part', { endpoint: 'files/upload_part', seq: 3 }),
  ...everyFate('the last part', { endpoint: 'files/upload_part', seq: 4 }),
  { ...FINISH, fate: 'is lost', secondFinish: 'expired' },
  ...SECOND_FINISHES.flatMap((secondFinish) => [
    { ...FINISH, fate: 'takes effect later' as const, secondFinish },
    { ...FINISH, fate: 'took effect' as const, secondFinish },
  ]),
  {
    call: 'a listing',
    target: { endpoint: 'files/list' },
    fate: 'is lost',
    secondFinish: 'expired',
  },
  { call: 'a token', target: { endpoint: 'token' }, fate: 'took effect', secondFinish: 'expired' },
]

function everyFate(call: string, target: Case['target']): Case[] {
  const fates = Object.keys(FATES) as Case['fate'][]
  return fates.map((fate) => ({ call, target, fate, secondFinish: 'expired' }))
}

describe.concurrent('killed while a call is at the server', () => {
  it.for(CASES)('$call that $fate (a second finish: $secondFinish)', async (step, test) => {
    const { target, fate, secondFinish } = step
    const { when, end } = FATES[fate]
    const scene = await openTreeScene(test, { secondFinish })
    const parts = new AcknowledgedParts(scene.simulator, scene.home)
    const gate = scene.simulator.hold({ ...target, when })
    const feidi = scene.start(['--json', 'upload', scene.root, '--to', scene.to])
    await gate.reached
    feidi.signal('SIGKILL')
    expect((await feidi.ended).signal).toBe('SIGKILL')
    parts.note()
    gate[end]()
    const run = await scene.upload([scene.root])
    expect(run.exitCode, run.stdout).toBe(0)
    expect(run.summary, run.stdout).toMatchObject({ failed: 0, unfinished: 0 })
    await scene.expectMirrored()
    parts.expectNoneSentAgain()
  })
})
