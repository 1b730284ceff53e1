import type { Answer } from '#shared/contract/contract.ts'
import { hostGone } from './host-gone.ts'

/** Hands a file of this browser to the web host, which keeps it until it is queued. */
export function sendFile(
  file: File,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<Answer<{ uploadId: string }>> {
  return new Promise((resolve) => {
    // fetch does not tell how much of a body has left.
    const request = new XMLHttpRequest()
    request.open('POST', `/upload?name=${encodeURIComponent(file.name)}`)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0)
    request.onload = () =>
      resolve(
        (request.response as Answer<{ uploadId: string }> | null) ?? {
          ok: false,
          error: hostGone(),
        },
      )
    signal.addEventListener('abort', () => request.abort())
    request.onabort = () => resolve({ ok: false, error: hostGone() })
    request.onerror = () => resolve({ ok: false, error: hostGone() })
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(file)
  })
}
