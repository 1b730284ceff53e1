import { readFileSync } from 'node:fs'

/** Names in the page that carry the preload's calls over to the stand-in. */
export const BINDINGS = { invoke: 'standInInvoke', send: 'standInSend', permit: 'standInPermit' }

/** The state a page keeps for the stand-in. */
interface StandInOfPage {
  /** Calls the listeners of `ipcRenderer.on`. */
  receive(channel: string, content: unknown): void
  /** The paths of dropped files, by name: a page in Chromium does not receive them. */
  readonly paths: Record<string, string>
}

declare global {
  interface Window {
    readonly standIn: StandInOfPage
  }
}

/**
 * The built preload script as Chromium runs it before the page: with a `require` that knows the parts of
 * Electron that a sandboxed preload script has, and in the top frame alone.
 */
export function preloadScript(file: string): string {
  const source = readFileSync(file, 'utf8')
  return `if (window.top === window) {
    const electron = (${electronOfPreload})(window, ${JSON.stringify(BINDINGS)});
    const require = (name) => {
      if (name !== 'electron') throw new Error('module not found: ' + name);
      return electron;
    };
    ((require, module, exports) => {${source}\n})(require, { exports: {} }, {});
  }`
}

/** Runs in the page, so it knows nothing from around it. */
function electronOfPreload(page: Window, bindings: typeof BINDINGS) {
  type Call = (channel: string, content?: unknown) => Promise<unknown>
  const call = (name: string) => (page as unknown as Record<string, Call>)[name] as Call
  const listeners = new Map<string, Set<(event: object, content: unknown) => void>>()
  const paths: Record<string, string> = {}
  const standIn: StandInOfPage = {
    paths,
    receive(channel, content) {
      for (const listener of listeners.get(channel) ?? []) listener({ sender: {} }, content)
    },
  }
  Object.defineProperty(page, 'standIn', { value: standIn })
  // As the real one: permissions are the main process's to give.
  Notification.requestPermission = async () =>
    (await call(bindings.permit)('notifications')) === true ? 'granted' : 'denied'
  const { clipboard } = navigator
  const write = clipboard.writeText.bind(clipboard)
  clipboard.writeText = async (text) => {
    if ((await call(bindings.permit)('clipboard-sanitized-write')) === true) return write(text)
    throw new DOMException('Write permission denied.', 'NotAllowedError')
  }
  /** A value crosses the bridge as a copy: prototypes stay behind, functions become calls. */
  const copied = (value: unknown, depth = 0): unknown => {
    if (depth > 1_000) throw new TypeError('Electron contextBridge recursion depth exceeded.')
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.')
    if (typeof value === 'function') {
      const call = value as (...args: unknown[]) => unknown
      return (...args: unknown[]) => copied(call(...args.map((each) => copied(each))))
    }
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Promise) {
      return value.then(copied, (error: Error) => Promise.reject(new Error(error.message)))
    }
    if (Array.isArray(value)) return value.map((each) => copied(each, depth + 1))
    if (value instanceof Blob || value instanceof Element) return value
    if (value instanceof Date || ArrayBuffer.isView(value)) return structuredClone(value)
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, copied(each, depth + 1)]),
    )
  }
  return {
    contextBridge: {
      exposeInMainWorld(name: string, api: object) {
        Object.defineProperty(page, name, { value: Object.freeze(copied(api)) })
      },
    },
    ipcRenderer: {
      invoke: (channel: string, content: unknown) => call(bindings.invoke)(channel, content),
      send: (channel: string, content: unknown) => void call(bindings.send)(channel, content),
      on(channel: string, listener: (event: object, content: unknown) => void) {
        const known = listeners.get(channel) ?? new Set()
        listeners.set(channel, known.add(listener))
      },
      off(channel: string, listener: (event: object, content: unknown) => void) {
        listeners.get(channel)?.delete(listener)
      },
    },
    webUtils: { getPathForFile: (file: File) => paths[file.name] ?? '' },
  }
}
