/** A failure between us and the proxy, or a proxy that would not open the tunnel. */
export class ProxyFailure extends Error {
  /** Not one of undici's codes, or it would quietly try again for ever. */
  readonly code = 'PROXY_FAILURE'
  /** The proxy's answer to CONNECT, when it answered at all. */
  readonly status: number | undefined
  /** The proxy itself said no. */
  readonly isRefusal: boolean

  constructor({
    status,
    isRefusal = status !== undefined,
    cause,
  }: {
    status?: number
    isRefusal?: boolean
    cause?: unknown
  }) {
    super('no way through the proxy', { cause })
    this.status = status
    this.isRefusal = isRefusal
  }
}
