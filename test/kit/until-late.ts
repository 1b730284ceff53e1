/**
 * Returns the body of a property that does nothing any more once `ms` are over: a busy machine tries fewer cases.
 * No case is cut short, as fast-check's own limit does it, which leaves the case running beside the next test.
 */
export function untilLate<T extends unknown[]>(ms: number, body: (...one: T) => Promise<void>) {
  const endMs = Date.now() + ms
  return async (...one: T): Promise<void> => {
    if (Date.now() < endMs) await body(...one)
  }
}
