import { ENDINGS } from '#shared/transfer/file-type.ts'
import { useText } from '../../data/text.ts'
import { linesOf } from './rule-draft.ts'

type ChipWords =
  | 'chipEverything'
  | 'chipMedia'
  | 'chipPdf'
  | 'chipOffice'
  | 'chipAudio'
  | 'chipVideos'
  | 'chipArchives'
  | 'chipHidden'

interface Chip {
  readonly words: ChipWords
  readonly patterns: readonly string[]
}

const ofTypes = (...types: readonly (keyof typeof ENDINGS)[]) =>
  types.flatMap((type) => ENDINGS[type].split(' ').map((ending) => `*.${ending}`))

const OFFICE = 'doc docx xls xlsx ppt pptx wps et dps odt ods odp rtf csv'

/** Kinds of files that people keep folders of. */
export const INCLUDE_CHIPS: readonly Chip[] = [
  { words: 'chipMedia', patterns: ofTypes('image', 'video') },
  { words: 'chipPdf', patterns: ofTypes('pdf') },
  { words: 'chipOffice', patterns: OFFICE.split(' ').map((ending) => `*.${ending}`) },
  { words: 'chipAudio', patterns: ofTypes('audio') },
]

/** Kinds that people leave out of folders with everything in them. */
export const EXCLUDE_CHIPS: readonly Chip[] = [
  { words: 'chipVideos', patterns: ofTypes('video') },
  { words: 'chipArchives', patterns: ofTypes('archive') },
  { words: 'chipHidden', patterns: ['.*'] },
]

interface PatternChipsProps {
  readonly label: string
  readonly chips: readonly Chip[]
  /** One pattern a line, as the field beside it has them. */
  readonly text: string
  readonly onChange: (text: string) => void
  /** The chip for no patterns at all. */
  readonly none?: ChipWords
}

/** Writes the patterns of common kinds of files into their field, and takes them out again. */
export function PatternChips({ label, chips, text, onChange, none }: PatternChipsProps) {
  const t = useText()
  const lines = linesOf(text)
  const toggle = (patterns: readonly string[], isOn: boolean) => {
    const others = lines.filter((line) => !patterns.includes(line))
    onChange([...others, ...(isOn ? [] : patterns)].join('\n'))
  }
  return (
    <fieldset className="pattern-chips">
      <legend className="only-read">{label}</legend>
      {none !== undefined && (
        <button
          type="button"
          className="recent-item"
          aria-pressed={lines.length === 0}
          onClick={() => onChange('')}
        >
          {t(none)}
        </button>
      )}
      {chips.map(({ words, patterns }) => {
        const isOn = patterns.every((pattern) => lines.includes(pattern))
        return (
          <button
            key={words}
            type="button"
            className="recent-item"
            aria-pressed={isOn}
            title={patterns.join(' ')}
            onClick={() => toggle(patterns, isOn)}
          >
            {t(words)}
          </button>
        )
      })}
    </fieldset>
  )
}
