import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import type { PartMap as Parts } from '#shared/contract/transfer-channels.ts'
import { formatClock } from '#shared/text/format.ts'
import { formatBytes } from '#shared/text/numbers.ts'
import { bridge } from '../../data/bridge.ts'
import { useText } from '../../data/text.ts'
import { type Cell, cellsOf } from './part-cells.ts'

interface PartMapProps {
  readonly id: string
  readonly parts: Parts
  readonly sizeBytes: number
  readonly isDone: boolean
}

interface KnownPart {
  readonly checksum: number
  readonly acknowledgedAtMs: number | null
}

/** Shows a cell for every part: it pictures where an upload resumes after an interruption. */
export function PartMap({ id, parts, sizeBytes, isDone }: PartMapProps) {
  const t = useText()
  const cells = useMemo(() => cellsOf(parts), [parts])
  const acknowledged = cells.reduce((sum, cell) => sum + cell.acknowledged, 0)
  const [pointedAt, setPointedAt] = useState<number>()
  const pointed = pointedAt === undefined ? undefined : cells[pointedAt]
  const known = useRef(new Map<number, KnownPart>())
  const [, redraw] = useState(0)

  const box = useRef<HTMLDivElement>(null)

  const pointAt = (index: number) => {
    const cell = cells[index]
    setPointedAt(cell === undefined ? undefined : index)
    if (cell !== undefined && cell.count === 1 && cell.acknowledged === 1) {
      void learn(id, cell.from, known.current).then(() => redraw((count) => count + 1))
    }
  }

  /** The arrows walk from part to part, as they lie in rows. */
  const onKeyDown = (event: KeyboardEvent) => {
    const nodes = box.current?.children
    const step = stepOf(event.key, cellsInRow(nodes))
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const from = pointedAt ?? (step > 0 ? -1 : cells.length)
    const next = Math.max(0, Math.min(from + step, cells.length - 1))
    pointAt(next)
    nodes?.[next]?.scrollIntoView({ block: 'nearest' })
  }

  const shown = {
    done: acknowledged,
    total: parts.count,
  }
  return (
    <figure className="part-map">
      <div
        ref={box}
        className="cells"
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what hovering tells, the arrows tell as well
        tabIndex={0}
        aria-label={t('partsUp', shown)}
        onPointerOver={({ target }) => pointAt(indexOf(target))}
        onPointerLeave={() => setPointedAt(undefined)}
        onKeyDown={onKeyDown}
        onBlur={() => setPointedAt(undefined)}
      >
        {cells.map((cell, index) => (
          <span
            key={cell.from}
            data-cell={index}
            className={`cell ${lookOf(cell)}${index === pointedAt ? ' pointed' : ''}`}
          />
        ))}
      </div>
      <figcaption className="small quiet num" aria-live="polite">
        {pointed === undefined ? caption() : describeCell(pointed, known.current.get(pointed.from))}
      </figcaption>
    </figure>
  )

  function caption(): string {
    const next = nextPart(parts)
    const text = t('partsUp', shown)
    if (isDone || acknowledged === 0 || next >= parts.count) return text
    return `${text} · ${t('resumesFrom', { n: next + 1 })}`
  }

  function describeCell(cell: Cell, part: KnownPart | undefined): string {
    if (cell.count > 1) {
      return t('partsMerged', {
        from: cell.from + 1,
        to: cell.from + cell.count,
        done: cell.acknowledged,
        count: cell.count,
      })
    }
    const size = formatBytes(Math.min(parts.partBytes, sizeBytes - cell.from * parts.partBytes))
    const n = cell.from + 1
    if (cell.inFlight > 0) return t('partInFlight', { n, size })
    if (cell.acknowledged === 0) return t('partToDo', { n, size })
    const checksum = part === undefined ? '…' : part.checksum.toString(16).padStart(8, '0')
    const atMs = part?.acknowledgedAtMs
    if (atMs === null) return t('partOfReceipt', { n, size, checksum })
    const time = atMs === undefined ? '…' : formatClock(atMs)
    return t('partAcknowledged', { n, size, time, checksum })
  }
}

function lookOf({ inFlight, acknowledged, count }: Cell): string {
  if (inFlight > 0) return 'in-flight'
  if (acknowledged === 0) return 'to-do'
  return acknowledged === count ? 'up' : 'partly'
}

function indexOf(target: EventTarget): number {
  return Number((target as HTMLElement).dataset['cell'] ?? Number.NaN)
}

function stepOf(key: string, inRow: number): number | undefined {
  return { ArrowRight: 1, ArrowLeft: -1, ArrowDown: inRow, ArrowUp: -inRow }[key]
}

function cellsInRow(nodes: HTMLCollection | undefined): number {
  const top = (node: Element | undefined) => node?.getBoundingClientRect().top
  const all = [...(nodes ?? [])]
  const second = all.findIndex((node) => top(node) !== top(all[0]))
  return second < 0 ? Math.max(1, all.length) : second
}

const LEARN_AT_ONCE = 100

async function learn(id: string, seq: number, known: Map<number, KnownPart>): Promise<void> {
  if (known.has(seq)) return
  const from = Math.floor(seq / LEARN_AT_ONCE) * LEARN_AT_ONCE
  const answer = await bridge.request('transfer.parts', { id, from, limit: LEARN_AT_ONCE })
  if (answer.ok) for (const part of answer.value.parts) known.set(part.seq, part)
}

/** The lowest seq that is not acknowledged. */
function nextPart({ runs }: Parts): number {
  let next = 0
  for (const { state, from, to } of runs) {
    if (state === 'acknowledged' && from === next) next = to + 1
  }
  return next
}
