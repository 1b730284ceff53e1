import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
import type { TransferState, TransferStateKind } from '#shared/model/transfer.ts'
import { nextState, type TransferEvent } from '#shared/transfer/next-state.ts'

const error: ErrorInfo = { code: 1061001, atMs: 1 }
const otherError: ErrorInfo = { code: 1061002, atMs: 2 }

const STATES: { [Kind in TransferStateKind]: Extract<TransferState, { kind: Kind }> } = {
  queued: { kind: 'queued' },
  preparing: { kind: 'preparing' },
  sending: { kind: 'sending' },
  finishing: { kind: 'finishing' },
  attaching: { kind: 'attaching', fileToken: 'box0' },
  waiting: { kind: 'waiting', reason: 'network', untilMs: 5, error },
  paused: { kind: 'paused' },
  blocked: { kind: 'blocked', error },
  failed: { kind: 'failed', error },
  skipped: { kind: 'skipped', error },
  cancelled: { kind: 'cancelled' },
  done: { kind: 'done', fileToken: 'box1', finishedAtMs: 3 },
}

type EventKind = TransferEvent['kind']

const EVENTS: { [Kind in EventKind]: Extract<TransferEvent, { kind: Kind }> } = {
  started: { kind: 'started' },
  sending: { kind: 'sending' },
  finishing: { kind: 'finishing' },
  attaching: { kind: 'attaching', fileToken: 'box4' },
  held: { kind: 'held', reason: 'quota', untilMs: 9, error: otherError },
  interrupted: { kind: 'interrupted' },
  landed: { kind: 'landed', fileToken: 'box2', finishedAtMs: 8 },
  skipped: { kind: 'skipped', error: otherError },
  failed: { kind: 'failed', error: otherError },
  blocked: { kind: 'blocked', error: otherError },
  paused: { kind: 'paused' },
  cancelled: { kind: 'cancelled' },
  requeued: { kind: 'requeued' },
}

/** Events in the order of the columns below. */
const COLUMNS: readonly EventKind[] = [
  'started',
  'sending',
  'finishing',
  'attaching',
  'held',
  'interrupted',
  'landed',
  'skipped',
  'failed',
  'blocked',
  'paused',
  'cancelled',
  'requeued',
]

/** One letter for each kind of state; `.` stays as it is. */
const LETTERS: Readonly<Record<string, TransferStateKind>> = {
  Q: 'queued',
  p: 'preparing',
  s: 'sending',
  f: 'finishing',
  a: 'attaching',
  w: 'waiting',
  P: 'paused',
  B: 'blocked',
  F: 'failed',
  S: 'skipped',
  C: 'cancelled',
  D: 'done',
}

const TABLE: Readonly<Record<TransferStateKind, string>> = {
  //          started … requeued
  queued: '   p . . . . . D S F B P C Q',
  preparing: '. s f a w Q D S F B P C Q',
  sending: '  . s f a w Q D S F B P C Q',
  finishing: '. s f a w Q D S F B P C Q',
  attaching: '. s f a w Q D S F B P C Q',
  waiting: '  p s f a w Q D S F B P C Q',
  paused: '   . . . . . . D S F B P C Q',
  blocked: '  . . . . . . D S F B P C Q',
  failed: '   . . . . . . D . . . . C Q',
  skipped: '  . . . . . . D . . . . . .',
  cancelled: '. . . . . . D . . . . . Q',
  done: '     . . . . . . D . . . . . .',
}

const CASES = Object.entries(TABLE).flatMap(([state, row]) =>
  row
    .trim()
    .split(/\s+/)
    .map((letter, column) => {
      const event = COLUMNS[column] as EventKind
      const expected = letter === '.' ? undefined : LETTERS[letter]
      return [state as TransferStateKind, event, expected] as const
    }),
)

describe('nextState', () => {
  it('has a row for every state and a column for every event', () => {
    expect(CASES).toHaveLength(Object.keys(STATES).length * Object.keys(EVENTS).length)
    expect([...COLUMNS].sort()).toEqual(Object.keys(EVENTS).sort())
  })

  it.each(CASES)('%s, then %s: %s', (kind, eventKind, expected) => {
    const state = STATES[kind]
    const after = nextState(state, EVENTS[eventKind])
    if (expected === undefined) expect(after).toBe(state)
    else expect(after.kind).toBe(expected)
  })

  it('keeps what an event tells', () => {
    expect(nextState(STATES.sending, EVENTS.held)).toEqual({
      kind: 'waiting',
      reason: 'quota',
      untilMs: 9,
      error: otherError,
    })
    expect(nextState(STATES.finishing, EVENTS.landed)).toEqual({
      kind: 'done',
      fileToken: 'box2',
      finishedAtMs: 8,
    })
    for (const kind of ['skipped', 'failed', 'blocked'] as const) {
      expect(nextState(STATES.sending, EVENTS[kind])).toEqual({ kind, error: otherError })
    }
  })

  it.each(Object.keys(STATES) as TransferStateKind[])('%s is never changed in place', (kind) => {
    const state = Object.freeze(STATES[kind])
    for (const event of Object.values(EVENTS)) nextState(state, event)
  })

  it('never wakes what is settled, unless a person asks or the file is up after all', () => {
    const others: readonly EventKind[] = ['requeued', 'cancelled', 'landed']
    const byItself = Object.values(EVENTS).filter(({ kind }) => !others.includes(kind))
    fc.assert(
      fc.property(
        fc.constantFrom(STATES.done, STATES.skipped, STATES.failed, STATES.cancelled),
        fc.array(fc.constantFrom(...byItself)),
        (state, events) => {
          expect(events.reduce<TransferState>(nextState, state)).toBe(state)
        },
      ),
    )
  })

  it('never takes back that a file is up', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.values(EVENTS))), (events) => {
        expect(events.reduce<TransferState>(nextState, STATES.done).kind).toBe('done')
      }),
    )
  })

  it('refuses an event that it does not know', () => {
    expect(() => nextState(STATES.queued, { kind: 'exploded' } as never)).toThrow('exploded')
  })
})
