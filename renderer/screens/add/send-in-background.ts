import type { ErrorInfo } from '#shared/model/error-info.ts'
import { errorText } from '../../data/explain-error.ts'
import { sendFile } from '../../data/send-file.ts'
import { say } from '../../data/text.ts'
import { toastProgress } from '../../ui/toasts.tsx'

/** Files that share the line one after another. */
let line: Promise<void> = Promise.resolve()

/**
 * Hands files of this browser to the host while the person continues with other things, then has them
 * queued. A toast tells the progress, cancels, and tries again from where it failed.
 * @param queue puts the files that are there into the queue. Returns what went wrong.
 */
export function sendInBackground(
  files: readonly File[],
  queue: (uploads: string[]) => Promise<ErrorInfo | undefined>,
): void {
  const stopped = new AbortController()
  const uploads: string[] = []
  const cancel = { label: say('cancel'), run: () => stopped.abort() }
  const start = () => {
    const progress = toastProgress(wordsFor(files, uploads.length, 0), cancel)
    const work = async () => {
      const error =
        (await sendRest(files, uploads, stopped.signal, progress.update)) ?? (await queue(uploads))
      if (error === undefined || stopped.signal.aborted) progress.close()
      else progress.end(errorText(error), { label: say('tryAgain'), run: start })
    }
    line = line.then(() => (stopped.signal.aborted ? undefined : whileOpen(work)))
  }
  start()
}

/** Sends what is not there yet. @returns what went wrong */
async function sendRest(
  files: readonly File[],
  uploads: string[],
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<ErrorInfo | undefined> {
  let told = ''
  for (const file of files.slice(uploads.length)) {
    const sent = await sendFile(file, signal, (share) => {
      const text = wordsFor(files, uploads.length, share)
      if (text !== told) tell(text)
      told = text
    })
    if (!sent.ok) return sent.error
    uploads.push(sent.value.uploadId)
  }
  return undefined
}

function wordsFor(files: readonly File[], done: number, share: number): string {
  const sizeOf = (some: readonly File[]) => some.reduce((sum, { size }) => sum + size, 0)
  const sent = sizeOf(files.slice(0, done)) + (files[done]?.size ?? 0) * share
  const percent = Math.floor((100 * sent) / Math.max(1, sizeOf(files)))
  const [first] = files
  return files.length === 1 && first !== undefined
    ? say('sending', { name: first.name, percent })
    : say('sendingMany', { n: done + 1, total: files.length, percent })
}

/** Asks before the page is closed: what it is sending would be lost. */
async function whileOpen(work: () => Promise<void>): Promise<void> {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()
  addEventListener('beforeunload', ask)
  try {
    await work()
  } finally {
    removeEventListener('beforeunload', ask)
  }
}
