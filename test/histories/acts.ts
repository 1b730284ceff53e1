import fc from 'fast-check'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { LineFault } from './drive-line.ts'
import type { Death } from './mortal-stores.ts'

/** The actions of people and programs on a file. */
export type FileAct =
  /** A new file, or new content in place. */
  | {
      readonly do: 'write' | 'write-slowly' | 'replace'
      readonly path: string
      readonly size: number
    }
  /** The first half of it changes, and the second a moment later. */
  | { readonly do: 'patch'; readonly path: string; readonly keepsTime: boolean }
  /** Other content of the same length, and the mtime is put back. */
  | { readonly do: 'edit-keeping-time'; readonly path: string }
  | { readonly do: 'delete' | 'touch' | 'forbid' | 'allow'; readonly path: string }
  | { readonly do: 'rename' | 'copy'; readonly path: string; readonly to: string }
  /** The old version moves aside, and another takes its name at once. */
  | { readonly do: 'save-aside'; readonly path: string; readonly to: string; readonly size: number }

/** The events that befall Feidi meanwhile. */
type Fate =
  | { readonly do: 'restart' | 'deaf' | 'hearing' | 'sweep' }
  | ({ readonly do: 'kill' } & Death)
  | { readonly do: 'line'; readonly fault: LineFault; readonly times: number }

export type Act = FileAct | Fate

/** There from the beginning; few, so that things happen to the same file again and again. */
export const FIRST_FILES = ['a', 'b', 'd/a']
const file = fc.constantFrom(...FIRST_FILES, 'c', 'd/e/a')
const fileOrFolder = fc.oneof(
  { weight: 4, arbitrary: file },
  { weight: 1, arbitrary: fc.constantFrom('d', 'd/e', 'f') },
)
/** Below and above what goes up in one call; few of them, so that sizes meet. */
const size = fc.constantFrom(40, 2_600)

const written = fc.record({
  do: fc.constantFrom('write' as const, 'write-slowly' as const, 'replace' as const),
  path: file,
  size,
})
const patched = fc.record({
  do: fc.constant('patch' as const),
  path: file,
  keepsTime: fc.boolean(),
})
const simple = fc.record({
  do: fc.constantFrom(
    'delete' as const,
    'touch' as const,
    'forbid' as const,
    'allow' as const,
    'edit-keeping-time' as const,
  ),
  path: file,
})
const removed = fc.record({ do: fc.constant('delete' as const), path: fileOrFolder })
const renamed = fc.record({
  do: fc.constant('rename' as const),
  path: fileOrFolder,
  to: fileOrFolder,
})
const copied = fc.record({ do: fc.constant('copy' as const), path: file, to: file })
const savedAside = fc.record({ do: fc.constant('save-aside' as const), path: file, to: file, size })
const event = fc.record({
  do: fc.constantFrom('restart' as const, 'deaf' as const, 'hearing' as const, 'sweep' as const),
})
const killed = fc.record({
  do: fc.constant('kill' as const),
  afterSteps: fc.nat({ max: 60 }),
  side: fc.constantFrom('before' as const, 'after' as const),
})
const troubled = fc.record({
  do: fc.constant('line' as const),
  fault: fc.constantFrom(
    'answer-lost' as const,
    'call-lost' as const,
    'late' as const,
    'rate-limit' as const,
  ),
  times: fc.integer({ min: 1, max: 3 }),
})

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: written },
  { weight: 2, arbitrary: patched },
  { weight: 5, arbitrary: simple },
  { weight: 1, arbitrary: removed },
  { weight: 4, arbitrary: renamed },
  { weight: 2, arbitrary: copied },
  { weight: 2, arbitrary: savedAside },
  { weight: 2, arbitrary: event },
  { weight: 3, arbitrary: killed },
  { weight: 3, arbitrary: troubled },
)

/** An act, and the time until the next one. */
interface Step {
  readonly act: Act
  readonly thenMs: number
}

/** No time, part of the settle time, about all of it, or enough for a file to be uploaded. */
const thenMs = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, 1) },
  { weight: 3, arbitrary: fc.constantFrom(150, 700, 2_100, 2_600) },
  { weight: 3, arbitrary: fc.constantFrom(4_000, 9_000) },
)

/** A rule, and all that happens to its folder. */
export interface History {
  readonly steps: readonly Step[]
  readonly options: Pick<WatchRule, 'onChange' | 'dedupe'>
}

export const history: fc.Arbitrary<History> = fc.record({
  steps: fc.array(fc.record({ act, thenMs }), { minLength: 6, maxLength: 24, size: 'max' }),
  options: fc.record({
    onChange: fc.constantFrom('upload-again' as const, 'overwrite' as const, 'ignore' as const),
    dedupe: fc.boolean(),
  }),
})
