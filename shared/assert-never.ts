/** Fails where the compiler knows that all cases are handled. @throws Error naming what is not one of them */
export function assertNever(value: never): never {
  throw new Error(`unhandled ${JSON.stringify(value)}`)
}
