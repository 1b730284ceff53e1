import { useText } from '../data/text.ts'

interface Bar {
  readonly label: string
  readonly value: number
  /** The amount in words; the value alone unless given. */
  readonly words?: string
}

interface BarChartProps {
  readonly title: string
  readonly bars: readonly Bar[]
  readonly format: (value: number) => string
  /** The head of the column of labels, for a screen reader. */
  readonly labels: string
  /** Fewer rows for a screen reader than there are bars; all bars unless given. */
  readonly rows?: readonly Bar[]
  /** A line that the bars are measured against, such as a limit. */
  readonly line?: number | undefined
}

const WIDTH = 600
const HEIGHT = 80
const LEAST_BAR = 1
/** The bars of so few fill their places only in part: they would look like one area. */
const FEW_BARS = 10

/** Numbers as bars, with the highest one named. A screen reader meets them as a table. */
export function BarChart({ title, bars, format, labels, rows = bars, line }: BarChartProps) {
  const t = useText()
  const peak = Math.max(...bars.map(({ value }) => value), 0)
  const top = Math.max(peak, line ?? 0, 1)
  const step = WIDTH / Math.max(1, bars.length)
  const gap = bars.length <= FEW_BARS ? step * 0.4 : Math.min(2, step / 4)
  const heightOf = (value: number) => (value / top) * HEIGHT
  return (
    <figure className="chart">
      <figcaption>
        <span>{title}</span>
        <span className="num quiet">{t('chartPeak', { value: format(peak) })}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {bars.map(({ label, value, words }, index) => {
          const height = value === 0 ? 0 : Math.max(LEAST_BAR, heightOf(value))
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a place in time is what a bar is
              key={index}
              x={index * step + gap / 2}
              y={HEIGHT - height}
              width={step - gap}
              height={height}
            >
              <title>{`${label}: ${words ?? format(value)}`}</title>
            </rect>
          )
        })}
        {line !== undefined && (
          <line
            className="chart-line"
            x1="0"
            x2={WIDTH}
            y1={HEIGHT - heightOf(line)}
            y2={HEIGHT - heightOf(line)}
          />
        )}
      </svg>
      <table className="only-read">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{labels}</th>
            <th scope="col">{title}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, value, words }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{words ?? format(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
