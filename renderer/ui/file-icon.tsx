import { type FileKind, fileKind } from '#shared/transfer/file-type.ts'

const MARKS: Readonly<Record<FileKind, string>> = {
  video: 'M7.5 9v5l4.2-2.5z',
  image: 'm5.5 14.5 3-4 2 2.5 1.5-1.8 2.5 3.3zM12 8.7h.01',
  audio:
    'M8 14V9l5-1v5M8 14a1.2 1.2 0 1 1-2.4 0A1.2 1.2 0 0 1 8 14zM13 13a1.2 1.2 0 1 1-2.4 0 1.2 1.2 0 0 1 2.4 0z',
  document: 'M6.5 9.5h7M6.5 12h7M6.5 14.5h4.5',
  sheet: 'M6 9h8v6H6zM6 12h8M9.3 9v6',
  slides: 'M6 9h8v5H6zM10 14v2',
  pdf: 'M6.5 15c2.5-1.5 3.8-4.5 3.5-6.5-1 3 1.5 4.5 4 4.5-2.5-.2-5 .5-7.5 2z',
  archive: 'M10 3v2M10 7v2M10 11v1M8.7 12.5h2.6v2.5H8.7z',
  code: 'm8.3 9.5-2.3 2.3 2.3 2.3M11.7 9.5l2.3 2.3-2.3 2.3',
  other: 'M7 12h.01M10 12h.01M13 12h.01',
}

/** A sheet of paper with the mark of the file's type, told by the ending of its name. */
export function FileIcon({ name }: { readonly name: string }) {
  const kind = fileKind(name)
  return (
    <svg
      className={`file-icon ${kind === 'sheet' ? 'spreadsheet' : kind}`}
      viewBox="0 0 20 20"
      aria-hidden="true"
    >
      <path
        className="sheet"
        d="M4.5 1.5h7.5l4.5 4.5v11a1.5 1.5 0 0 1-1.5 1.5h-10.5a1.5 1.5 0 0 1-1.5-1.5v-14a1.5 1.5 0 0 1 1.5-1.5z"
      />
      <path d="M12 1.8V6h4.2" />
      <path d={MARKS[kind]} />
    </svg>
  )
}
