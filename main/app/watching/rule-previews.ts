import type { Clock } from '#main/lib/clock.ts'
import {
  type SurveyedFile,
  type SurveyedLeftOut,
  type SurveyRule,
  surveySelection,
} from '#main/watch/scan/survey-selection.ts'
import type { RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

/** A page is answered by then with what was counted. */
const ANSWER_AFTER_MS = 250
/** Time after which figures that are not requested again are abandoned. */
const ABANDONED_AFTER_MS = 10_000
/** A folder that takes longer is not counted to the end. */
const LONGEST_MS = 60_000
const MOST_LISTED = 2_000
const MOST_PREVIEWS = 8
/** Named, so that a person knows what they are asked about. */
const MOST_SENSITIVE = 5

interface RunningCount {
  readonly rule: string
  readonly stop: AbortController
  readonly leftOut: SurveyedLeftOut[]
  readonly chosen: SurveyedFile[]
  files: number
  bytes: number
  leftOutFiles: number
  leftOutFolders: number
  sensitiveFiles: number
  readonly sensitive: string[]
  progress: RequestOutput<'rules.preview'>['progress']
  failure: unknown
  over: Promise<void>
  abandoned: AbortController
}

/** Counts what rules would be about while people change them, a folder at a time. */
export class RulePreviews {
  readonly #clock: Clock
  readonly #previews = new Map<string, RunningCount>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @throws TransferError when the folder can not be read */
  async ask(
    previewId: string,
    rule: SurveyRule,
    { offset, limit }: Pick<RequestInput<'rules.preview'>, 'offset' | 'limit'>,
  ): Promise<RequestOutput<'rules.preview'>> {
    const preview = this.#previewOf(previewId, rule)
    this.#expectAnother(previewId, preview)
    const enough = new AbortController()
    await Promise.race([
      preview.over,
      this.#clock.sleep(ANSWER_AFTER_MS, enough.signal).catch(() => {}),
    ])
    enough.abort()
    if (preview.failure !== undefined) throw preview.failure
    const { files, bytes, leftOutFiles, leftOutFolders, leftOut, chosen, progress } = preview
    const { sensitiveFiles, sensitive } = preview
    return {
      progress,
      files,
      bytes,
      leftOutFiles,
      leftOutFolders,
      sensitiveFiles,
      sensitive,
      leftOut: leftOut.slice(offset, offset + limit),
      listed: leftOut.length,
      chosen: chosen.slice(offset, offset + limit),
      listedChosen: chosen.length,
    }
  }

  async close(): Promise<void> {
    const previews = [...this.#previews.entries()]
    for (const [id, preview] of previews) this.#end(id, preview)
    await Promise.all(previews.map(([, { over }]) => over))
  }

  #previewOf(previewId: string, rule: SurveyRule): RunningCount {
    const text = JSON.stringify(rule)
    const known = this.#previews.get(previewId)
    if (known?.rule === text) return known
    if (known !== undefined) this.#end(previewId, known)
    for (const [id, oldest] of this.#previews) {
      if (this.#previews.size < MOST_PREVIEWS) break
      this.#end(id, oldest)
    }
    const preview: RunningCount = {
      rule: text,
      stop: new AbortController(),
      leftOut: [],
      chosen: [],
      files: 0,
      bytes: 0,
      leftOutFiles: 0,
      leftOutFolders: 0,
      sensitiveFiles: 0,
      sensitive: [],
      progress: 'counting',
      failure: undefined,
      over: Promise.resolve(),
      abandoned: new AbortController(),
    }
    this.#previews.set(previewId, preview)
    preview.over = this.#count(preview, rule)
    return preview
  }

  async #count(preview: RunningCount, rule: SurveyRule): Promise<void> {
    const untilMs = performance.now() + LONGEST_MS
    try {
      for await (const found of surveySelection(rule, preview.stop.signal)) {
        preview.files += found.files
        preview.bytes += found.bytes
        preview.chosen.push(...found.chosen.slice(0, MOST_LISTED - preview.chosen.length))
        for (const one of found.leftOut) {
          if (one.isFolder) preview.leftOutFolders += 1
          else preview.leftOutFiles += 1
          if (preview.leftOut.length < MOST_LISTED) preview.leftOut.push(one)
          if (one.why.kind !== 'sensitive') continue
          preview.sensitiveFiles += 1
          if (preview.sensitive.length < MOST_SENSITIVE) preview.sensitive.push(one.path)
        }
        if (performance.now() < untilMs) continue
        preview.progress = 'stopped'
        return
      }
      preview.progress = 'complete'
    } catch (error) {
      preview.progress = 'stopped'
      if (!preview.stop.signal.aborted) preview.failure = asTransferError(error, rule.folder)
    }
  }

  #expectAnother(previewId: string, preview: RunningCount): void {
    preview.abandoned.abort()
    preview.abandoned = new AbortController()
    this.#clock.sleep(ABANDONED_AFTER_MS, preview.abandoned.signal).then(
      () => this.#end(previewId, preview),
      () => {}, // Asked for again.
    )
  }

  #end(previewId: string, preview: RunningCount): void {
    preview.stop.abort(new Error('nobody looks at it any more'))
    preview.abandoned.abort()
    if (this.#previews.get(previewId) === preview) this.#previews.delete(previewId)
  }
}

function asTransferError(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined) return error
  const isForbidden = code === 'EACCES' || code === 'EPERM'
  return new TransferError(isForbidden ? 'rule-folder-forbidden' : 'rule-folder-missing', {
    detail: folder,
    cause: error,
  })
}
