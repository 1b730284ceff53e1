/** Files that all go from one folder to another: the folder is renamed or moved instead of them. */
import type { FollowStep, RemotePlace } from '#shared/model/follow.ts'
import type { FatedFile, FollowView, WantedStep } from './view.ts'

type Folders = readonly string[]

interface Pair {
  readonly from: Folders
  readonly to: Folders
}

/** A file on its way to another folder. */
type Moving = FatedFile & { readonly fate: Extract<FatedFile['fate'], { kind: 'moves' }> }

/**
 * Returns the steps for all files, with one step for a folder where that does the same: Feidi made it, it is no
 * more here, and all that Feidi knows in it goes to one place that is not there yet.
 * @param stepFor the step of a single file; undefined when there is nothing to do
 */
export function collapseFolders(
  files: readonly FatedFile[],
  view: FollowView,
  steps: readonly FollowStep[],
  stepFor: (file: FatedFile) => WantedStep | undefined,
): WantedStep[] {
  const calling = steps.filter(({ state }) => state === 'calling')
  const isUnderWay = ({ token, place }: FatedFile) =>
    calling.some(
      ({ fileToken, kind, from }) =>
        fileToken === token || (kind === 'folder' && isBelow(place.folders, pathOf(from))),
    )
  const free = files.filter((file) => !isUnderWay(file))
  const folders = new WholeFolders(files, view, steps)
  const wanted = new Map<string, WantedStep>()
  const want = (step: WantedStep) => wanted.set(JSON.stringify([step.fileToken, step.from]), step)
  for (const file of free) {
    const { pair, verdict } = isMoving(file) ? folders.pairFor(file) : NO_FOLDER
    if (verdict === 'later') continue
    // A folder that stays is remembered as long as files of it are on their way.
    if (pair !== undefined) want(folderStep(pair))
    const step = verdict === 'whole' ? undefined : stepFor(file)
    if (step !== undefined) want(step)
  }
  return [...wanted.values()]
}

/** `later`: a file in it is not settled. `split`: others use it, so its files are moved. */
type Verdict = 'whole' | 'split' | 'later' | 'not'

interface FolderVerdict {
  readonly verdict: Verdict
  /** Undefined when the file goes by itself. */
  readonly pair?: Pair
}

const NO_FOLDER: FolderVerdict = { verdict: 'not' }

/** Finds out which folders go to another place as a whole. */
class WholeFolders {
  readonly #files: readonly FatedFile[]
  readonly #view: FollowView
  readonly #split: ReadonlySet<string>
  readonly #verdicts = new Map<string, Verdict>()

  constructor(files: readonly FatedFile[], view: FollowView, steps: readonly FollowStep[]) {
    this.#files = files
    this.#view = view
    const split = steps.filter(({ kind, state }) => kind === 'folder' && state === 'split')
    this.#split = new Set(split.flatMap(({ from, to }) => (to === null ? [] : [keyOf(from, to)])))
  }

  /** The largest folder that takes the file along. */
  pairFor({ place, fate }: Moving): FolderVerdict {
    for (const pair of pairsOf(place.folders, fate.to.folders)) {
      const verdict = this.#verdict(pair)
      if (verdict !== 'not') return { verdict, pair }
    }
    return NO_FOLDER
  }

  #verdict(pair: Pair): Verdict {
    const key = JSON.stringify([pair.from, pair.to])
    const verdict = this.#verdicts.get(key) ?? this.#judge(pair)
    this.#verdicts.set(key, verdict)
    return verdict
  }

  #judge({ from, to }: Pair): Verdict {
    const view = this.#view
    if (isBelow(from, to) || isBelow(to, from)) return 'not'
    if (this.#split.has(keyOf(placeOf(from), placeOf(to)))) return 'split'
    if (view.hasLocalFolder(from) || !view.hasLocalFolder(to)) return 'not'
    if (!view.madeFolder(from) || view.knowsFolder(to)) return 'not'
    let isBusy = false
    for (const { place, fate } of this.#files) {
      if (isBelow(place.folders, to)) return 'not'
      if (!isBelow(place.folders, from)) continue
      if (fate.kind === 'stays') return 'not'
      if (fate.kind === 'busy') isBusy = true
      if (fate.kind !== 'moves') continue
      const expected = [...to, ...place.folders.slice(from.length)]
      if (!isSame(expected, fate.to.folders)) return 'not'
    }
    return isBusy ? 'later' : 'whole'
  }
}

function isMoving(file: FatedFile): file is Moving {
  return file.isOurs && file.fate.kind === 'moves'
}

/** The folders that may have gone from one place to the other, the outermost first. */
function pairsOf(from: Folders, to: Folders): Pair[] {
  if (isSame(from, to)) return []
  let common = 0
  while (
    common < Math.min(from.length, to.length) - 1 &&
    from.at(-1 - common) === to.at(-1 - common)
  ) {
    common += 1
  }
  const pairs: Pair[] = []
  for (let cut = common; cut >= 0; cut--) {
    const pair = { from: from.slice(0, from.length - cut), to: to.slice(0, to.length - cut) }
    if (pair.from.length > 0 && pair.to.length > 0) pairs.push(pair)
  }
  return pairs
}

function folderStep({ from, to }: Pair): WantedStep {
  return {
    kind: 'folder',
    path: to.join('/'),
    fileToken: null,
    from: placeOf(from),
    to: placeOf(to),
  }
}

function placeOf(folders: Folders): RemotePlace {
  return { folders: folders.slice(0, -1), name: folders.at(-1) ?? '' }
}

/** The folders that lead into a folder. */
function pathOf({ folders, name }: RemotePlace): Folders {
  return [...folders, name]
}

/** Checks whether a folder is another one, or lies in it. */
function isBelow(folders: Folders, above: Folders): boolean {
  return above.length <= folders.length && above.every((name, at) => folders[at] === name)
}

function isSame(one: Folders, other: Folders): boolean {
  return one.length === other.length && isBelow(one, other)
}

function keyOf(from: RemotePlace, to: RemotePlace): string {
  return JSON.stringify([from, to])
}
