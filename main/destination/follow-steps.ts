/**
 * Takes the steps of rules that follow: a file or a folder of ours is moved, renamed or put into the recycle bin.
 * Each step looks first, and is on disk before each of its calls. A lost answer is settled by looking.
 */
import {
  type CallContext,
  type CopyStore,
  type FolderStore,
  OutcomeUnknown,
  type RemoteFile,
} from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { ErrorPolicy } from '#shared/errors/catalogue-entry.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { means } from '#shared/errors/meaning.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import { partsOfIdentity } from '#shared/model/account.ts'
import type { FollowStep, RemotePlace } from '#shared/model/follow.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import type { MaybeTask, MovableType } from './document-api.ts'
import type { DocumentCalls } from './document-calls.ts'
import type { FolderMirror } from './folder-mirror.ts'
import type { FollowOutcomes } from './ports.ts'

/** Pauses before each look after a lost answer. A listing may lag behind the call. */
const LOOK_PAUSES_MS = [0, 1_000, 3_000]

/** 查询异步任务状态: the official client asks every two seconds, thirty times. */
const TASK_PAUSE_MS = 2_000
const MOST_TASK_LOOKS = 30

/** `modified_time` has whole seconds, and clocks are not quite alike. */
const CLOCK_SLACK_MS = 60_000

/** Folders nest so deep (1062506). */
const MOST_LEVELS = 15

export interface FollowStepsOptions {
  readonly calls: DocumentCalls
  readonly mirror: FolderMirror
  readonly folders: FolderStore
  readonly copies: Pick<CopyStore, 'known'>
  readonly store: FollowOutcomes
  readonly clock: Clock
  readonly identity: string
  /** Server time minus local time, in ms; undefined until the server has told its time. */
  readonly clockOffsetMs: () => number | undefined
}

/** The policies of refusals that stand, as against trouble with the network, the account or a limit. */
const FINAL: ReadonlySet<ErrorPolicy> = new Set([
  'fail-file',
  'skip-file',
  'block-target',
  'block-kind',
  'restart-upload',
])

type FolderDestination = Extract<Destination, { kind: 'folder' }>

/** The thing that a step is about, and where it is now. */
interface Found {
  readonly type: MovableType
  readonly row: RemoteFile
  /** The folder it lies in. */
  readonly parentToken: string
}

export class FollowSteps {
  readonly #options: FollowStepsOptions

  constructor(options: FollowStepsOptions) {
    this.#options = options
  }

  /** Now by Feishu's clock, ms since 1970; undefined until an answer has told it. */
  serverNowMs(): number | undefined {
    const { clock, clockOffsetMs } = this.#options
    const offsetMs = clockOffsetMs()
    return offsetMs === undefined ? undefined : clock.nowMs() + offsetMs
  }

  /** Makes a call, so that the time is known by its answer: the clock here may have been set since the last. */
  async askTime({ folderToken }: FolderDestination, context: CallContext): Promise<void> {
    await this.#options.mirror.look(folderToken, context)
  }

  /** Makes the folders that are missing below the destination. */
  async makeFolder(
    destination: FolderDestination,
    folders: readonly string[],
    context: CallContext,
  ): Promise<void> {
    await this.#options.mirror.resolve(destination, folders, context)
  }

  /**
   * Takes a step as far as it can be taken, and notes the end.
   * @param mayCall false: only what became of a call that was not answered is found out
   * @throws TransferError when it has to be tried later
   * @throws OutcomeUnknown when what became of a call can not be told yet
   */
  async take(
    step: FollowStep,
    destination: FolderDestination,
    mayCall: boolean,
    context: CallContext,
  ): Promise<void> {
    try {
      if (step.kind === 'trash') await this.#trash(step, destination, mayCall, context)
      else if (step.to !== null) await this.#move(step, step.to, destination, mayCall, context)
    } catch (error) {
      if (!(error instanceof TransferError) || !isFinal(error)) throw error
      this.#leave(step, error)
    } finally {
      this.#options.mirror.rearranged()
    }
  }

  // ---- The recycle bin --------------------------------------------------------------------

  async #trash(
    step: FollowStep,
    destination: FolderDestination,
    mayCall: boolean,
    context: CallContext,
  ): Promise<void> {
    const { calls, store } = this.#options
    const token = step.fileToken ?? ''
    const isThere = async () =>
      (await this.#in(step.from, token, destination, context)) !== undefined
    const found = await this.#in(step.from, token, destination, context)
    if (found === undefined) {
      if (step.state !== 'calling') throw changedThere(step)
      store.trashed(step, destination, this.#endMs())
      return
    }
    if (!mayCall) {
      store.note(step.id, 'planned')
      return
    }
    this.#demandTime(step)
    this.#demandUntouched(step, found.row)
    store.note(step.id, 'calling')
    try {
      const answer = await calls.trashFile({ token }, context)
      await this.#untilDone(answer, context)
    } catch (error) {
      if (!isGone(error) && (await this.#lookAgain(error, isThere, context))) throw error
    }
    store.trashed(step, destination, this.#endMs())
  }

  /**
   * The wait seemed to be over by what was known before the look. If the clock here was set, its answer says
   * otherwise.
   * @throws TransferError `clock-wrong`, to be tried later
   */
  #demandTime({ dueAtMs }: FollowStep): void {
    const nowMs = this.serverNowMs()
    if (nowMs !== undefined && dueAtMs !== null && dueAtMs <= nowMs) return
    throw new TransferError('clock-wrong')
  }

  /** @throws TransferError when it is not as we left it, or not ours */
  #demandUntouched(step: FollowStep, row: RemoteFile): void {
    const { openId } = partsOfIdentity(this.#options.identity)
    const isOurs = row.ownerId === undefined || openId === undefined || row.ownerId === openId
    if (!isOurs || !this.#isAsWeLeftIt(row) || remoteName(row.name) !== step.from.name) {
      throw changedThere(step)
    }
  }

  /** Compares times of Feishu's only: the clock here may have been set since. False where one is not known. */
  #isAsWeLeftIt({ token, modifiedAtMs }: RemoteFile): boolean {
    const changedAtMs = this.#options.store.changedAtMs(token)
    if (changedAtMs === undefined || modifiedAtMs === undefined) return false
    return modifiedAtMs <= changedAtMs + CLOCK_SLACK_MS
  }

  // ---- Moving and renaming ----------------------------------------------------------------

  async #move(
    step: FollowStep,
    to: RemotePlace,
    destination: FolderDestination,
    mayCall: boolean,
    context: CallContext,
  ): Promise<void> {
    const { store, clock, identity } = this.#options
    const found = await this.#find(step, to, destination, context)
    if (found === undefined) throw changedThere(step)
    const { row, type } = found
    const name = remoteName(row.name)
    if (name !== step.from.name && name !== to.name) throw changedThere(step)
    const goal = await this.#goalOf(step, to, found, destination, mayCall, context)
    if (goal === undefined) {
      if (step.state === 'calling' && name === step.from.name) store.note(step.id, 'planned')
      return
    }
    if (type === 'folder' && step.state !== 'calling') {
      if (await this.#isUsedByOthers(found, goal, to, context)) {
        store.note(step.id, 'split', { endedAtMs: clock.nowMs(), error: null })
        return
      }
    }
    // A colleague's change stays one, although ours comes after it.
    const isAsWeLeftIt = this.#isAsWeLeftIt(row)
    const noteMoved = (place: RemotePlace) => {
      const atServerMs = isAsWeLeftIt ? this.serverNowMs() : undefined
      store.moved(step, destination, place, clock.nowMs(), atServerMs)
    }
    if (found.parentToken !== goal) {
      await this.#callMove(step, found, goal, context)
      if (type === 'file') noteMoved({ folders: to.folders, name })
    }
    if (name !== to.name) await this.#callRename(step, to, row.token, type, goal, context)
    if (type === 'folder') {
      const folder = { destination, identity, folderToken: row.token, parentToken: goal }
      store.folderMoved(step, folder, this.#endMs())
      return
    }
    noteMoved(to)
    store.done(step, this.#endMs())
  }

  /** Undefined: the thing is not where it should go, and must not be moved now. */
  async #goalOf(
    { from }: FollowStep,
    to: RemotePlace,
    { parentToken, row }: Found,
    destination: FolderDestination,
    mayCall: boolean,
    context: CallContext,
  ): Promise<string | undefined> {
    const { mirror } = this.#options
    const isElsewhere = from.folders.join('/') !== to.folders.join('/')
    if (!mayCall) {
      const goal = await mirror.find(destination, to.folders, context)
      return goal === parentToken && remoteName(row.name) === to.name ? goal : undefined
    }
    if (!isElsewhere) return parentToken
    return (await mirror.resolve(destination, to.folders, context)).parentNode
  }

  async #callMove(
    step: FollowStep,
    { row: { token }, type }: Found,
    goal: string,
    context: CallContext,
  ): Promise<void> {
    const { calls, store } = this.#options
    const isNotThere = async () => (await this.#rowIn(goal, token, context)) === undefined
    store.note(step.id, 'calling')
    try {
      const answer = await calls.moveThing({ token, type, folderToken: goal }, context)
      await this.#untilDone(answer, context)
    } catch (error) {
      if (await this.#lookAgain(error, isNotThere, context)) throw error
    }
  }

  async #callRename(
    step: FollowStep,
    { name }: RemotePlace,
    token: string,
    type: MovableType,
    parentToken: string,
    context: CallContext,
  ): Promise<void> {
    const { calls, store } = this.#options
    const isNotRenamed = async () => {
      const row = await this.#rowIn(parentToken, token, context)
      return row === undefined || remoteName(row.name) !== name
    }
    store.note(step.id, 'calling')
    try {
      await calls.renameThing({ token, type, name }, context)
    } catch (error) {
      if (await this.#lookAgain(error, isNotRenamed, context)) throw error
    }
  }

  /** The limit counts the last 24 hours by Feishu's clock, which cannot be set here. */
  #endMs(): number {
    return this.serverNowMs() ?? this.#options.clock.nowMs()
  }

  // ---- Looking ----------------------------------------------------------------------------

  /** Finds the thing of a step: it is where it was, or where it should go. */
  async #find(
    step: FollowStep,
    to: RemotePlace,
    destination: FolderDestination,
    context: CallContext,
  ): Promise<Found | undefined> {
    const token = step.fileToken ?? (await this.#ownFolder(step.from, destination, context))
    if (token === undefined) return undefined
    const before = await this.#in(step.from, token, destination, context)
    if (before !== undefined) return before
    return this.#in(to, token, destination, context)
  }

  /** The folder that Feidi made there. */
  async #ownFolder(
    { folders: above, name }: RemotePlace,
    destination: FolderDestination,
    context: CallContext,
  ): Promise<string | undefined> {
    const { folders, identity, mirror } = this.#options
    const parent = await mirror.find(destination, above, context)
    if (parent === undefined) return undefined
    const token = folders.folderToken(identity, parent, name)
    return token !== undefined && folders.wasMade(identity, token) ? token : undefined
  }

  async #in(
    { folders }: RemotePlace,
    token: string,
    destination: FolderDestination,
    context: CallContext,
  ): Promise<Found | undefined> {
    const parentToken = await this.#options.mirror.find(destination, folders, context)
    if (parentToken === undefined) return undefined
    const row = await this.#rowIn(parentToken, token, context)
    if (row === undefined || (row.type !== 'file' && row.type !== 'folder')) return undefined
    return { row, type: row.type, parentToken }
  }

  async #rowIn(
    parentToken: string,
    token: string,
    context: CallContext,
  ): Promise<RemoteFile | undefined> {
    const rows = await this.#options.mirror.look(parentToken, context)
    return rows.find((row) => row.token === token)
  }

  /** Checks whether others would notice: something in the folder is not ours, or its new name is taken. */
  async #isUsedByOthers(
    { row, parentToken }: Found,
    goal: string,
    to: RemotePlace,
    context: CallContext,
  ): Promise<boolean> {
    const beside = await this.#options.mirror.look(goal, context)
    const isTaken = beside.some(
      ({ token, type, name }) =>
        token !== row.token && type === 'folder' && remoteName(name) === to.name,
    )
    return isTaken || !(await this.#isAllOurs(row.token, parentToken, context, 0))
  }

  async #isAllOurs(
    folderToken: string,
    parentToken: string,
    context: CallContext,
    depth: number,
  ): Promise<boolean> {
    const { folders, identity, copies, mirror } = this.#options
    if (depth > MOST_LEVELS || folderToken === parentToken) return false
    const rows = await mirror.look(folderToken, context)
    const known = copies.known(rows.map(({ token }) => token))
    for (const { token, type } of rows) {
      if (type !== 'folder') {
        if (!known.has(token)) return false
      } else {
        if (!folders.wasMade(identity, token)) return false
        if (!(await this.#isAllOurs(token, folderToken, context, depth + 1))) return false
      }
    }
    return true
  }

  /**
   * Finds out whether a call whose answer was lost is still to be made.
   * @returns true also for a failure that is no lost answer
   */
  async #lookAgain(
    error: unknown,
    isOpen: () => Promise<boolean>,
    context: CallContext,
  ): Promise<boolean> {
    if (!(error instanceof OutcomeUnknown)) return true
    for (const pauseMs of LOOK_PAUSES_MS) {
      if (pauseMs > 0) await this.#options.clock.sleep(pauseMs, context.stopping)
      if (!(await isOpen())) return false
    }
    return true
  }

  /** @throws OutcomeUnknown when the task has not come to a good end */
  async #untilDone({ taskId }: MaybeTask, context: CallContext): Promise<void> {
    if (taskId === undefined) return
    for (let looks = 0; looks < MOST_TASK_LOOKS; looks++) {
      const status = await this.#options.calls.taskStatus({ taskId }, context)
      if (status === 'done') return
      if (status === 'failed') break
      await this.#options.clock.sleep(TASK_PAUSE_MS, context.stopping)
    }
    throw new OutcomeUnknown(new TransferError('bad-response', { detail: 'task_check' }))
  }

  /** Leaves things in Feishu as they are now. A person is told. */
  #leave(step: FollowStep, error: TransferError): void {
    const nowMs = this.#options.clock.nowMs()
    const end = { endedAtMs: nowMs, error: errorInfo(error, nowMs) }
    this.#options.store.note(step.id, 'left', end)
  }
}

function changedThere({ path }: FollowStep): TransferError {
  return new TransferError('follow-changed-there', { detail: path })
}

/** 删除文件或文件夹 · 1061007: it has been deleted. */
function isGone(error: unknown): boolean {
  return error instanceof TransferError && means(error, 'deleted')
}

function isFinal(error: TransferError): boolean {
  return FINAL.has(lookUp(error).policy)
}
