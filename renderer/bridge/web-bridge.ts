/** The host over HTTP and WebSocket: `feidi serve`. */
import type { Answer, FeidiBridge } from '#shared/ipc/contract.ts'
import type { LiveEvent } from '#shared/ipc/live-state.ts'
import { setConnection } from './connection.ts'
import { hostGone } from './host-gone.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000

export function createWebBridge(): FeidiBridge {
  return {
    async request(channel, input) {
      try {
        const response = await fetch(`/api/${channel}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(input),
          credentials: 'same-origin',
        })
        if (response.status === 401) setConnection('over')
        return (await response.json()) as Answer<never>
      } catch {
        return { ok: false, error: hostGone() }
      }
    },
    subscribe,
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
      setConnection('lost')
      timer = setTimeout(connect, pauseMs)
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
