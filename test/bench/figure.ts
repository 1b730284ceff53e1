/** The result of a benchmark: one line of the table. */
export interface Figure {
  readonly name: string
  readonly measured: string
  /** The baseline it is compared with, measured in the same run. */
  readonly baseline?: string
  /** Measured to baseline, where the two are of a kind. */
  readonly ratio?: number
  readonly goal?: Goal
}

export interface Goal {
  readonly text: string
  readonly met: 'yes' | 'just not' | 'no'
}

/** Runs one after another; `quick` trades certainty for time. */
export interface Benchmark {
  readonly name: string
  run(options: { readonly quick: boolean }): Promise<Figure[]>
}

/** A miss within this share of the goal is noise on a busy machine, not a finding. */
const NOISE = 0.05

/** A goal that a value is to reach. */
export function atLeast(value: number, goal: number, text = `≥ ${goal}`): Goal {
  return { text, met: verdict(value >= goal, value >= goal * (1 - NOISE)) }
}

/** A goal that a value is to stay below. */
export function below(value: number, goal: number, text = `< ${goal}`): Goal {
  return { text, met: verdict(value < goal, value < goal * (1 + NOISE)) }
}

/** A goal there is nothing between: it is met or missed. */
export function exactly(value: unknown, goal: unknown, text = String(goal)): Goal {
  return { text, met: value === goal ? 'yes' : 'no' }
}

function verdict(met: boolean, nearly: boolean): Goal['met'] {
  if (met) return 'yes'
  return nearly ? 'just not' : 'no'
}
