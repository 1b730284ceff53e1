import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartMap as Parts } from '#shared/ipc/transfer-channels.ts'
import { bridge } from '../bridge/bridge.ts'
import { useLanguage } from '../state/app.ts'
import { formatBytes, formatClock, formatCount } from '../ui/format.ts'
import { type Cell, cellsOf } from './part-cells.ts'

interface PartMapProps {
  readonly id: string
  readonly parts: Parts
  readonly sizeBytes: number
  readonly isDone: boolean
}

interface KnownPart {
  readonly checksum: number
  readonly acknowledgedAtMs: number
}

/** A cell for every part: the picture of where an upload goes on after an interruption. */
export function PartMap({ id, parts, sizeBytes, isDone }: PartMapProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const cells = useMemo(() => cellsOf(parts), [parts])
  const acknowledged = cells.reduce((sum, cell) => sum + cell.acknowledged, 0)
  const [pointed, setPointed] = useState<Cell>()
  const known = useRef(new Map<number, KnownPart>())
  const [, redraw] = useState(0)

  const pointAt = (target: EventTarget) => {
    const index = Number((target as HTMLElement).dataset['cell'] ?? Number.NaN)
    const cell = cells[index]
    setPointed(cell)
    if (cell !== undefined && cell.count === 1 && cell.acknowledged === 1) {
      void learn(id, cell.from, known.current).then(() => redraw((count) => count + 1))
    }
  }

  const shown = {
    done: formatCount(acknowledged, language),
    total: formatCount(parts.count, language),
  }
  return (
    <figure className="part-map">
      <div
        className="cells"
        role="img"
        aria-label={t('partsUp', shown)}
        onPointerOver={(event) => pointAt(event.target)}
        onPointerLeave={() => setPointed(undefined)}
      >
        {cells.map((cell, index) => (
          <span
            key={cell.from}
            data-cell={index}
            className={`cell ${cell.inFlight > 0 ? 'in-flight' : cell.acknowledged === 0 ? 'to-do' : cell.acknowledged === cell.count ? 'up' : 'partly'}`}
          />
        ))}
      </div>
      <figcaption className="small quiet num">
        {pointed === undefined ? caption() : describeCell(pointed, known.current.get(pointed.from))}
      </figcaption>
    </figure>
  )

  function caption(): string {
    const next = nextPart(parts)
    const text = t('partsUp', shown)
    if (isDone || acknowledged === 0 || next >= parts.count) return text
    return `${text} · ${t('resumesFrom', { n: formatCount(next + 1, language) })}`
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
    const n = formatCount(cell.from + 1, language)
    if (cell.inFlight > 0) return t('partInFlight', { n, size })
    if (cell.acknowledged === 0) return t('partToDo', { n, size })
    return t('partAcknowledged', {
      n,
      size,
      time: part === undefined ? '…' : formatClock(part.acknowledgedAtMs, language),
      checksum: part === undefined ? '…' : part.checksum.toString(16).padStart(8, '0'),
    })
  }
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
