import { readCertificates } from '#main/feishu/http/ca-file.ts'
import { testConnection } from '#main/feishu/http/test-connection.ts'
import type { NETWORK_CHANNELS } from '#shared/contract/network-channels.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Handlers } from './answer.ts'
import type { AppParts } from './parts.ts'

/** A person waits for the answer. */
const TEST_LIMIT_MS = 20_000

type NetworkParts = Pick<AppParts, 'limiter' | 'proxy' | 'worker' | 'way' | 'clock' | 'log'>

export function networkHandlers(
  parts: NetworkParts,
): Pick<Handlers, keyof typeof NETWORK_CHANNELS> {
  const { limiter, proxy, worker, way, clock, log } = parts
  return {
    'proxy.get': () => proxy.view,
    async 'proxy.set'(wanted) {
      await proxy.set(wanted)
      worker.restartSoon()
      return proxy.view
    },
    'limiter.get': () => limiter.view,
    async 'limiter.set'(wanted) {
      await limiter.set(wanted)
      worker.restartSoon()
      return limiter.view
    },
    async 'network.test'() {
      const { baseUrl, caFile, proxyEnvironment: env } = await way()
      const options = { baseUrl, env, clock, redactor: log.redactor }
      try {
        const signal = AbortSignal.timeout(TEST_LIMIT_MS)
        const test = await testConnection({ ...options, ...(caFile && { caFile }) }, signal)
        const { host, via = null, durationMs, clockOffsetMs = null, error } = test
        return { host, via, durationMs, clockOffsetMs, error: error ? viewOf(error) : null }
      } catch (thrown) {
        const isTimeout = thrown instanceof Error && thrown.name === 'TimeoutError'
        const error = isTimeout ? new TransferError('idle-timeout') : thrown
        if (!(error instanceof TransferError)) throw error
        const { host } = new URL(baseUrl)
        return { host, via: null, durationMs: 0, clockOffsetMs: null, error: viewOf(error) }
      }
    },
    'network.certificates': ({ path }) => ({ certificates: readCertificates(path) }),
  }

  function viewOf(error: TransferError) {
    return errorInfo(error, clock.nowMs())
  }
}
