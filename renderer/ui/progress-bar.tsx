import type { CSSProperties } from 'react'
import { percentOf } from '#shared/transfer/work-size.ts'

interface ProgressBarProps {
  readonly label: string
  /** 0 to 1. */
  readonly share: number
  readonly tone?: 'done' | 'still' | 'attention' | 'failed' | undefined
}

export function ProgressBar({ label, share, tone }: ProgressBarProps) {
  const percent = percentOf(share)
  return (
    <div
      className={tone === undefined ? 'bar' : `bar ${tone}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div className="bar-fill" style={{ '--share': share } as CSSProperties} />
    </div>
  )
}
