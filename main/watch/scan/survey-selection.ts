import type { LeftOut, WatchRule } from '#shared/model/watch-rule.ts'
import { below, type FolderContent, listFolder } from './list-folder.ts'
import { Selection, type SelectionRule } from './selection.ts'
import { whyNot } from './why-left-out.ts'

export type SurveyRule = SelectionRule & Pick<WatchRule, 'folder' | 'followLinks'>

/** One thing in the folder that a rule leaves out. */
export interface SurveyedLeftOut {
  /** Below the rule's folder. */
  readonly path: string
  readonly why: LeftOut
  /** True for a folder, whose content is not looked at. */
  readonly isFolder: boolean
}

/** Files of one folder that are named: more are only counted. */
const MOST_NAMED = 2_000

/** A file that a rule is about. */
export interface SurveyedFile {
  /** Below the rule's folder. */
  readonly path: string
  readonly sizeBytes: number
}

/** The content of one folder. */
export interface SurveyedFolder {
  readonly files: number
  readonly bytes: number
  /** The first of them, to be named. */
  readonly chosen: readonly SurveyedFile[]
  readonly leftOut: readonly SurveyedLeftOut[]
}

/**
 * Yields the files a rule is about, folder by folder, so that the first figures are there at once.
 * Compares none of them with what is uploaded already.
 * @throws the system's error when the rule's own folder cannot be read
 */
export async function* surveySelection(
  rule: SurveyRule,
  signal: AbortSignal,
): AsyncGenerator<SurveyedFolder> {
  const selection = new Selection(rule)
  const options = { root: rule.folder, selection, followLinks: rule.followLinks }
  const stack = ['']
  for (let dir = stack.pop(); dir !== undefined; dir = stack.pop()) {
    signal.throwIfAborted()
    const listing = await listFolder(dir, options).catch((error: unknown) => {
      if (dir === '') throw error
      return undefined
    })
    if (listing === undefined) {
      yield {
        files: 0,
        bytes: 0,
        chosen: [],
        leftOut: [{ path: dir, why: { kind: 'unreadable' }, isFolder: true }],
      }
      continue
    }
    yield {
      ...figuresOf(dir, listing),
      leftOut: await leftOutOf(dir, listing, rule, selection, signal),
    }
    stack.push(
      ...[...listing.folders.keys()]
        .sort()
        .reverse()
        .map((name) => below(dir, name)),
    )
  }
}

function figuresOf(dir: string, { files }: FolderContent): Omit<SurveyedFolder, 'leftOut'> {
  const chosen = files
    .slice(0, MOST_NAMED)
    .map(({ name, stats }) => ({ path: below(dir, name), sizeBytes: Number(stats.size) }))
    .sort((one, other) => (one.path < other.path ? -1 : 1))
  const bytes = files.reduce((sum, { stats }) => sum + Number(stats.size), 0)
  return { files: files.length, bytes, chosen }
}

async function leftOutOf(
  dir: string,
  { leftOut, others, misnamed }: FolderContent,
  rule: SurveyRule,
  selection: Selection,
  signal: AbortSignal,
): Promise<SurveyedLeftOut[]> {
  const found: SurveyedLeftOut[] = misnamed.map((name) => ({
    path: below(dir, name),
    why: { kind: 'name-invalid' },
    isFolder: false,
  }))
  for (const name of [...leftOut.keys(), ...others].sort()) {
    signal.throwIfAborted()
    const path = below(dir, name)
    const why = await whyNot(rule.folder, path, rule, selection)
    // Undefined: it has changed in between, and is taken now.
    if (why !== undefined) found.push({ path, why, isFolder: leftOut.get(name)?.isFolder ?? false })
  }
  return found
}
