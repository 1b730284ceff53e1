import type { FaultAction } from '#test/simulator/faults.ts'

/** The ways a call can lose its answer; the caller cannot tell them apart. */
export const LOST_ANSWERS: Readonly<Record<string, FaultAction>> = {
  'did not arrive': { kind: 'reset', where: 'before-body' },
  'was cut off before it took effect': { kind: 'reset', where: 'after-body' },
  'took effect and was not answered': { kind: 'lose-answer' },
  'took effect, says a gateway, in vain': { kind: 'html', status: 504, committed: true },
  'took effect, with half an answer': { kind: 'truncated-json', committed: true },
}
