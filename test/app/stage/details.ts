import type { RequestOutput } from '#shared/contract/contract.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'

const HOUR_MS = 3_600_000

interface DetailsOptions {
  readonly partCount: number
  readonly nowMs: number
  readonly view: (info: ErrorInfo) => ErrorInfo
}

/** Returns a row's details for the drawer: an upload with a past, at its current progress. */
export function detailsOnStage(
  row: TransferRow,
  { partCount, nowMs, view }: DetailsOptions,
): RequestOutput<'transfer.details'> {
  const count = partCount
  const acknowledged = Math.round((row.sentBytes / row.sizeBytes) * count)
  const at = (minutes: number) => nowMs - minutes * 60_000
  const { state } = row
  const isDone = state.kind === 'done'
  const begun = row.sentBytes > 0
  const error = 'error' in state ? view(state.error) : null
  return {
    row,
    parts: begun
      ? {
          count,
          partBytes: 4 * 1024 * 1024,
          runs: [
            ...(acknowledged > 0
              ? [{ state: 'acknowledged' as const, from: 0, to: acknowledged - 1 }]
              : []),
            ...(state.kind === 'sending'
              ? [
                  {
                    state: 'in-flight' as const,
                    from: acknowledged,
                    to: Math.min(acknowledged + 1, count - 1),
                  },
                ]
              : []),
          ],
        }
      : null,
    timeline: begun
      ? [
          { kind: 'queued', atMs: at(60) },
          { kind: 'prepared', atMs: at(59), partCount: count, partBytes: 4 * 1024 * 1024 },
          { kind: 'parts', atMs: at(41), from: 0, to: 36 },
          {
            kind: 'retried',
            atMs: at(40),
            error: { code: 'connection-lost', atMs: at(40), logId: '202611231612A0' },
          },
          { kind: 'resumed', atMs: at(31), seq: 37 },
          { kind: 'parts', atMs: at(1), from: 37, to: Math.max(acknowledged - 1, 37) },
          ...(isDone ? [{ kind: 'done' as const, atMs: at(0.5), fileToken: 'boxcn123' }] : []),
          ...(state.kind === 'failed'
            ? [{ kind: 'failed' as const, atMs: at(0), error: state.error }]
            : []),
        ]
      : [{ kind: 'queued', atMs: at(60) }],
    omitted: 0,
    isTriedAtStart: state.kind === 'failed',
    transaction:
      begun && !isDone
        ? {
            uploadId: '7574389712345678901',
            preparedAtMs: at(59),
            expiresAtMs: at(59) + 24 * HOUR_MS,
          }
        : null,
    fingerprint: {
      ctimeNs: '1',
      ino: '5240123',
      sizeBytes: row.sizeBytes,
      mtimeNs: String(BigInt(at(300).toFixed(0)) * 1_000_000n),
    },
    receipt: isDone
      ? {
          fileToken: 'boxcnrHpsg1QDqXAAAyachabcef',
          finishedAtMs: at(0.5),
          contentHash: '4f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358',
          partBytes: 4 * 1024 * 1024,
          checksums: Array.from({ length: 80 }, (_, seq) => (seq * 2_654_435_761) >>> 0),
          partCount: count,
          calls: count + 4,
        }
      : null,
    error,
    destinationLink: 'https://example.feishu.cn/drive/folder/fldcnNew',
  }
}
