import type { ReactNode } from 'react'
import { useText } from '../data/text.ts'
import { Icon, type IconName } from './icon.tsx'

/** A sheet on its way into a dashed field. */
export function DropPicture() {
  return (
    <svg className="drop-picture" viewBox="0 0 200 132" aria-hidden="true">
      <rect className="field-line" x="22" y="40" width="156" height="84" rx="12" />
      <g className="sheet back">
        <path d="M66 26h30l14 14v46H66z" />
      </g>
      <g className="sheet front">
        <path d="M90 10h34l16 16v52H90z" />
        <path className="fold" d="M124 10v16h16" />
        <path className="arrow" d="M115 66V42m-10 10 10-10 10 10" />
      </g>
      <path className="cells" d="M52 108h14M74 108h14M96 108h14M118 108h14" />
      <path className="cells to-do" d="M140 108h10" />
    </svg>
  )
}

interface ListMessageProps {
  readonly icon: IconName
  readonly text: string
  readonly children?: ReactNode
}

export function ListMessage({ icon, text, children }: ListMessageProps) {
  return (
    <div className="list-message">
      <span className="list-message-icon">
        <Icon name={icon} />
      </span>
      <p className="quiet">{text}</p>
      {children}
    </div>
  )
}

/** A list on its way. */
export function LoadingRows() {
  const t = useText()
  return (
    <div className="loading-rows" role="status" aria-label={t('loading')}>
      {Array.from({ length: 8 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={index} className="row place">
          <span className="ghost" />
        </div>
      ))}
    </div>
  )
}
