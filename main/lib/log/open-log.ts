/**
 * The log of a home: `logs/feidi.log` and the files it was before. electron-log writes and keeps
 * count; everything it could send elsewhere is off, and it knows no folder but ours.
 */
import { existsSync, renameSync, rmSync, truncateSync } from 'node:fs'
import { join, parse } from 'node:path'
import electronLog from 'electron-log/node.js'
import { makePrivateFolder } from '../private-files.ts'
import { createRedactor, type Redactor } from '../redact.ts'
import { entryLine } from './entry-line.ts'
import type { LogDetails, LogLevel, OpenScope, ScopedLog } from './log.ts'

export interface HomeLog {
  readonly folder: string
  readonly file: string
  readonly scope: OpenScope
  /** The redactor that is told every secret the code learns, so that none can get in. */
  readonly redactor: Redactor
  /** From this level on entries are written; `info` at first. */
  setLevel(level: LogLevel): void
}

/** 10 MB in all, which is days of steady uploading. */
const MOST_FILE_BYTES = 2 * 1024 * 1024
const MOST_OLD_FILES = 4

export interface LogOptions {
  readonly mostFileBytes?: number
  readonly nowMs?: () => number
}

/** Opens the log of a home. It makes no home: as long as there is none, nothing is written. */
export function openLog(home: string, options: LogOptions = {}): HomeLog {
  const { mostFileBytes = MOST_FILE_BYTES, nowMs = Date.now } = options
  const folder = join(home, 'logs')
  const file = join(folder, 'feidi.log')
  const redactor = createRedactor()
  const logger = fileOnlyLogger(file, mostFileBytes)
  // electron-log would make the folder as the umask has it.
  let isReady = false
  const isFolderReady = () => {
    try {
      if (!isReady) makePrivateFolder(folder)
      isReady = true
    } catch {
      // A home that can not be written to has no log either.
    }
    return isReady
  }
  const write =
    (level: LogLevel, scope: string) =>
    (message: string, details: LogDetails = {}) => {
      if (!existsSync(home) || !isFolderReady()) return
      logger[level](entryLine({ at: new Date(nowMs()), level, scope, message, details }, redactor))
    }
  return {
    folder,
    file,
    redactor,
    scope: (scope): ScopedLog => ({
      error: write('error', scope),
      warn: write('warn', scope),
      info: write('info', scope),
      debug: write('debug', scope),
    }),
    setLevel(level) {
      logger.transports.file.level = level
    },
  }
}

function fileOnlyLogger(file: string, mostFileBytes: number) {
  // Its own complaints (a full disk, say) go through this one; they must not appear on a terminal.
  electronLog.transports.console.writeFn = () => {}
  const logger = electronLog.create({ logId: file })
  logger.transports.console.level = false
  const { ipc, remote } = logger.transports
  if (ipc !== undefined) ipc.level = false
  if (remote !== undefined) remote.level = false
  Object.assign(logger.transports.file, {
    level: 'info',
    maxSize: mostFileBytes,
    // The content of a log belongs to its owner, as all of the home does.
    writeOptions: { flag: 'a', mode: 0o600, encoding: 'utf8' },
    resolvePathFn: () => file,
    transforms: [({ data }: { data: unknown[] }) => data[0]],
    archiveLogFn() {
      try {
        rotate(file, MOST_OLD_FILES)
      } catch {
        // Held open by another program, as Windows has it: the size has to stay bounded all the same.
        truncateSync(file, 0)
      }
    },
  })
  // It would look for a package.json otherwise.
  logger.transports.file.setAppName('feidi')
  return logger
}

/** `feidi.log` becomes `feidi.1.log`, that one `feidi.2.log`, and so on; the oldest goes. */
function rotate(file: string, mostOld: number): void {
  const { dir, name, ext } = parse(file)
  const old = (number: number) => join(dir, `${name}.${number}${ext}`)
  rmSync(old(mostOld), { force: true })
  for (let number = mostOld - 1; number >= 1; number--) {
    if (existsSync(old(number))) renameSync(old(number), old(number + 1))
  }
  renameSync(file, old(1))
}
