/** The host over HTTP and WebSocket: `feidi serve`. */
import type {
  Answer,
  FeidiBridge,
  RequestChannel,
  RequestInput,
  RequestOutput,
} from '#shared/contract/contract.ts'
import type { LiveEvent } from '#shared/contract/live-state.ts'
import { connectionNow, setConnection } from './connection.ts'
import { hostGone } from './host-gone.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000

export function createWebBridge(): FeidiBridge {
  return { request, subscribe }
}

async function request<C extends RequestChannel>(
  channel: C,
  input: RequestInput<C>,
): Promise<Answer<RequestOutput<C>>> {
  try {
    const response = await fetch(`/api/${channel}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      credentials: 'same-origin',
    })
    if (response.status === 401) setConnection('over')
    return (await response.json()) as Answer<RequestOutput<C>>
  } catch {
    return { ok: false, error: hostGone() }
  }
}

function subscribe(listener: (event: LiveEvent) => void): () => void {
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = FIRST_PAUSE_MS
  let ended = false

  const connect = () => {
    const url = new URL('/live', location.href)
    url.protocol = url.protocol.replace('http', 'ws')
    socket = new WebSocket(url)
    socket.onmessage = ({ data }) => {
      pauseMs = FIRST_PAUSE_MS
      setConnection('open')
      listener(JSON.parse(String(data)) as LiveEvent)
    }
    socket.onclose = () => {
      if (ended) return
      if (connectionNow() !== 'over') setConnection('lost')
      timer = setTimeout(() => {
        connect()
        // A socket does not tell why it was refused; an ordinary request does.
        void request('app.info', {})
      }, pauseMs)
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }
  connect()

  return () => {
    ended = true
    clearTimeout(timer)
    socket?.close()
  }
}
