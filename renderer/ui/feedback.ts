/** Actions of every screen: it tells of a failure, copies a text, opens a page. */
import type { ErrorInfo } from '#shared/model/error-info.ts'
import { errorText } from '../data/explain-error.ts'
import { say } from '../data/text.ts'
import { toast, toastOnce } from './toasts.tsx'

export function toastError(error: ErrorInfo): void {
  toast(errorText(error))
}

export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text).catch(() => copyTheOldWay(text))
  toastOnce(say('copied'))
}

/** The clipboard is closed to pages without TLS on another machine's address. */
function copyTheOldWay(text: string): void {
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

export function openLink(link: string): void {
  open(link, '_blank', 'noopener,noreferrer')
}
