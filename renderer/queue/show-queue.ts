import type { Language } from '#shared/errors/catalogue-entry.ts'
import type { QueueSnapshot } from '#shared/ipc/contract.ts'
import type { Transfer, TransferStateKind } from '#shared/model/transfer.ts'
import { describeState, stateWord } from '#shared/words/state-words.ts'

const EMPTY_QUEUE: Readonly<Record<Language, string>> = {
  'zh-CN': '队列是空的。用 feidi upload 添加文件后，进度会显示在这里。',
  en: 'The queue is empty. Add files with `feidi upload`, and their progress shows here.',
}

/** Draws the queue: a line of counts, then a row for each transfer. */
export function showQueue(root: HTMLElement, snapshot: QueueSnapshot, language: Language): void {
  const { counts, transfers } = snapshot
  if (transfers.length === 0) {
    root.replaceChildren(element('p', 'empty', EMPTY_QUEUE[language]))
    return
  }
  const summary = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${stateWord(kind as TransferStateKind, language)} ${count}`)
    .join(' · ')
  const list = element('ul', 'transfers')
  list.append(...transfers.map((transfer) => row(transfer, language)))
  root.replaceChildren(element('h1', 'summary', summary), list)
}

function row(transfer: Transfer, language: Language): HTMLElement {
  const item = element('li', `transfer ${transfer.state.kind}`)
  const bar = document.createElement('progress')
  bar.max = Math.max(transfer.sizeBytes, 1)
  bar.value = transfer.state.kind === 'done' ? bar.max : transfer.sentBytes
  bar.setAttribute('aria-label', transfer.fileName)
  item.append(
    element('span', 'name', transfer.fileName),
    bar,
    element('span', 'state', describeState(transfer, language)),
  )
  return item
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const node = document.createElement(tag)
  node.className = className
  node.textContent = text
  return node
}
