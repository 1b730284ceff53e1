import { prepareHome } from '#main/store/home.ts'
import { setAsideUnreleased } from '#main/store/unreleased-home.ts'

/**
 * Looks at a home before anything in it is opened. One of an unreleased build is moved aside.
 * @param make also makes the folder, and proves that it can be written
 * @throws TransferError when the home cannot be used now
 */
export function lookAtHome(home: string, { make }: { readonly make: boolean }): void {
  const problem = setAsideUnreleased(home)
  if (problem !== undefined) throw problem
  if (make) prepareHome(home)
}
