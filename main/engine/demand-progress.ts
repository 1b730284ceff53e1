import { TransferError } from '#shared/errors/transfer-error.ts'

/**
 * A page that is followed by itself never ends, and what stands behind it is not seen.
 * @throws TransferError `bad-response`
 */
export function demandProgress(
  pageToken: string | undefined,
  nextPageToken: string | undefined,
  endpoint?: string,
): void {
  if (nextPageToken === undefined || nextPageToken !== pageToken) return
  const detail = 'a page that is followed by itself'
  throw new TransferError('bad-response', { detail, ...(endpoint !== undefined && { endpoint }) })
}
