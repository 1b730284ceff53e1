/** Returns scopes with the one that opens least leading. Of those in a refusal, any one is enough. */
export function leastFirst(scopes: readonly string[]): string[] {
  return scopes.toSorted((a, b) => breadth(a) - breadth(b))
}

/** `drive:file:upload` opens less than `drive:file`, and `drive:drive:readonly` less than `drive:drive`. */
function breadth(scope: string): number {
  const isReadOnly = scope.endsWith(':readonly')
  return (isReadOnly ? 0 : 10) - scope.split(/[:.]/).length
}
