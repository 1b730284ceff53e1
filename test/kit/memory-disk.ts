/** A disk in memory: its times are those of a clock that tests move, and its events come when they say. */
import { dirname, join } from 'node:path'
import type { Disk } from '#main/lib/file-system.ts'
import type { OpenDirectoryEvents } from '#main/watch/notice/directory-events.ts'

interface Node {
  readonly ino: number
  mtimeMs: number
  ctimeMs: number
  readonly birthtimeMs: number
  isReadable: boolean
  /** A folder has no bytes, a file no children. */
  bytes: Uint8Array | undefined
  readonly children: Map<string, Node>
}

/** The place where one watcher observes a folder, regardless of the folder's current name. */
interface Watch {
  readonly folder: string
  readonly node: Node
}

type Failure = NodeJS.ErrnoException

/** Files and folders below `/`, with inodes that are used again at once, as ext4 does. */
export class MemoryDisk {
  /** The argument for `setDisk`. */
  readonly disk = this.#asDisk() as unknown as Disk
  /** True: events are lost, unsaid. */
  isDeaf = false
  readonly #nowMs: () => number
  readonly #root: Node
  readonly #freeInodes: number[] = []
  #lastInode = 1
  readonly #opened = new Map<number, { readonly path: string; readonly node: Node }>()
  #lastHandle = 0
  readonly #listeners = new Set<(node: Node, name: string | undefined) => void>()

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
    this.#root = this.#make(undefined)
  }

  // ---- What people and programs do ---------------------------------------------------------

  makeFolder(path: string): void {
    if (path === '/' || this.#find(path) !== undefined) return
    this.makeFolder(dirname(path))
    this.#put(path, this.#make(undefined))
  }

  /** Writes a new file, or in place what is there. */
  write(path: string, bytes: Uint8Array): void {
    const node = this.#find(path)
    if (node === undefined) {
      this.makeFolder(dirname(path))
      this.#put(path, this.#make(bytes))
      return
    }
    if (node.bytes === undefined) throw failure('EISDIR', path)
    node.bytes = bytes
    node.mtimeMs = this.#nowMs()
    this.#touched(path, node)
  }

  /** Sets the mtime, as `touch -d` does. */
  setTime(path: string, mtimeMs: number): void {
    const node = this.#demand(path)
    node.mtimeMs = mtimeMs
    this.#touched(path, node)
  }

  setReadable(path: string, isReadable: boolean): void {
    const node = this.#demand(path)
    node.isReadable = isReadable
    this.#touched(path, node)
  }

  rename(from: string, to: string): void {
    const node = this.#demand(from)
    const there = this.#find(to)
    if (from === to || there === node) return
    if (to.startsWith(`${from}/`)) throw failure('EINVAL', to)
    if (there !== undefined) {
      if ((there.bytes === undefined) !== (node.bytes === undefined)) throw failure('EISDIR', to)
      if (there.children.size > 0) throw failure('ENOTEMPTY', to)
      this.remove(to)
    }
    this.makeFolder(dirname(to))
    this.#unlink(from)
    node.ctimeMs = this.#nowMs()
    this.#put(to, node)
  }

  /** Removes a file, or a folder with everything in it. */
  remove(path: string): void {
    const node = this.#find(path)
    if (node === undefined) return
    for (const name of [...node.children.keys()]) this.remove(join(path, name))
    this.#unlink(path)
    this.#freeInodes.push(node.ino)
  }

  // ---- What a test asks --------------------------------------------------------------------

  bytesOf(path: string): Uint8Array | undefined {
    return this.#find(path)?.bytes
  }

  mtimeOf(path: string): number {
    return this.#demand(path).mtimeMs
  }

  exists(path: string): boolean {
    return this.#find(path) !== undefined
  }

  /** Every file below a folder: path below it -> bytes. */
  files(folder: string): Map<string, Uint8Array> {
    const found = new Map<string, Uint8Array>()
    const walk = (node: Node, prefix: string) => {
      for (const [name, child] of node.children) {
        if (child.bytes !== undefined) found.set(prefix + name, child.bytes)
        else walk(child, `${prefix}${name}/`)
      }
    }
    walk(this.#demand(folder), '')
    return found
  }

  /** Events of this disk; each folder that is watched tells of what lies in it directly. */
  readonly openEvents: OpenDirectoryEvents = (_root, handlers) => {
    const watches = new Map<string, Watch>()
    const hear = (node: Node, name: string | undefined) => {
      for (const watch of watches.values()) {
        if (watch.node !== node) continue
        const path = name === undefined ? watch.folder : join(watch.folder, name)
        queueMicrotask(() => handlers.changed(watch.folder, path))
      }
    }
    this.#listeners.add(hear)
    return {
      watch: async (folder) => {
        const node = this.#find(folder)
        if (node?.bytes !== undefined || node === undefined) return false
        watches.set(folder, { folder, node })
        return true
      },
      unwatch: (folder) => void watches.delete(folder),
      close: async () => void this.#listeners.delete(hear),
    }
  }

  // ---- Inside ------------------------------------------------------------------------------

  #make(bytes: Uint8Array | undefined): Node {
    const ino = this.#freeInodes.pop() ?? ++this.#lastInode
    const nowMs = this.#nowMs()
    const times = { mtimeMs: nowMs, ctimeMs: nowMs, birthtimeMs: nowMs }
    return { ino, ...times, isReadable: true, bytes, children: new Map() }
  }

  #put(path: string, node: Node): void {
    const parent = this.#demand(dirname(path))
    if (parent.bytes !== undefined) throw failure('ENOTDIR', path)
    const name = nameOf(path)
    parent.children.set(name, node)
    parent.mtimeMs = parent.ctimeMs = this.#nowMs()
    this.#tell(parent, name)
  }

  #unlink(path: string): void {
    const parent = this.#demand(dirname(path))
    const node = this.#demand(path)
    parent.children.delete(nameOf(path))
    parent.mtimeMs = parent.ctimeMs = this.#nowMs()
    this.#tell(parent, nameOf(path))
    this.#tell(node, undefined)
  }

  #touched(path: string, node: Node): void {
    node.ctimeMs = this.#nowMs()
    this.#tell(this.#demand(dirname(path)), nameOf(path))
  }

  #tell(node: Node, name: string | undefined): void {
    if (this.isDeaf) return
    for (const hear of this.#listeners) hear(node, name)
  }

  #find(path: string): Node | undefined {
    let node: Node | undefined = this.#root
    for (const name of path.split('/').filter(Boolean)) node = node?.children.get(name)
    return node
  }

  #demand(path: string): Node {
    const node = this.#find(path)
    if (node === undefined) throw failure('ENOENT', path)
    return node
  }

  /** Returns the current path of a file or folder; undefined when it no longer exists. */
  #pathOf(wanted: Node, node = this.#root, path = '/'): string | undefined {
    if (node === wanted) return path
    for (const [name, child] of node.children) {
      const found = this.#pathOf(wanted, child, join(path, name))
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Reads what the file holds at that moment, as a file system does. */
  #open(path: string, node: Node) {
    const fd = ++this.#lastHandle
    this.#opened.set(fd, { path, node })
    return {
      fd,
      stat: async () => statsOf(node),
      read: async (into: Uint8Array, offset: number, length: number, position: number) => {
        const some = node.bytes?.subarray(position, position + length) ?? new Uint8Array()
        into.set(some, offset)
        return { bytesRead: some.length }
      },
      close: async () => void this.#opened.delete(fd),
    }
  }

  #asDisk() {
    const stat = async (path: string) => statsOf(this.#demand(path))
    const withCallback = (
      path: string,
      _options: unknown,
      callback: (error: Failure | null, stats?: object) => void,
    ) => {
      stat(path).then(
        (stats) => callback(null, stats),
        (error: Failure) => callback(error),
      )
    }
    const demandReadable = async (path: string) => {
      const node = this.#demand(path)
      if (!node.isReadable) throw failure('EACCES', path)
      return node
    }
    return {
      lstat: withCallback,
      stat: withCallback,
      promises: {
        ...{ lstat: stat, stat, access: demandReadable },
        realpath: async (path: string) => {
          this.#demand(path)
          return path
        },
        readdir: async (path: string) => {
          const node = await demandReadable(path)
          if (node.bytes !== undefined) throw failure('ENOTDIR', path)
          return [...node.children].map(([name, child]) => ({ name, ...kindOf(child) }))
        },
        open: async (path: string) => this.#open(path, await demandReadable(path)),
        readlink: async (link: string) => {
          const open = this.#opened.get(Number(nameOf(link)))
          if (open === undefined) throw failure('ENOENT', link)
          return this.#pathOf(open.node) ?? `${open.path} (deleted)`
        },
      },
    }
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function failure(code: string, path: string): Failure {
  return Object.assign(new Error(`${code}: ${path}`), { code })
}

function kindOf({ bytes }: Node) {
  return {
    isFile: () => bytes !== undefined,
    isDirectory: () => bytes === undefined,
    isSymbolicLink: () => false,
  }
}

function statsOf(node: Node) {
  const ns = (ms: number) => BigInt(Math.floor(ms)) * 1_000_000n
  const size = BigInt(node.bytes?.length ?? 0)
  return {
    ...kindOf(node),
    ...{ dev: 1n, ino: BigInt(node.ino), nlink: 1n, size, blocks: (size + 511n) / 512n },
    mtimeNs: ns(node.mtimeMs),
    ctimeNs: ns(node.ctimeMs),
    birthtimeNs: ns(node.birthtimeMs),
  }
}
