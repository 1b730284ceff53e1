/** Line drawings on a 16 px grid. A file's type has a drawing of its own in `file-icon.tsx`. */
const DRAWINGS = {
  add: 'M8 3v10M3 8h10',
  alert: 'M8 2.5 14.5 13.5h-13zM8 6.5v3M8 11.6v.01',
  back: 'M10 3.5 5.5 8l4.5 4.5',
  bell: 'M8 2.2a4 4 0 0 0-4 4c0 4-1.5 5-1.5 5h11S12 10.2 12 6.2a4 4 0 0 0-4-4zM6.7 13.3a1.4 1.4 0 0 0 2.6 0',
  broom:
    'M9.8 2.2 8.3 7.2M5.4 6.4l5.6 1.7M5.4 6.4C4.6 8.8 3.4 10.6 2 12l6.6 2c.9-1.4 1.7-3.4 2.4-5.9M5 10.9 4.2 12.6',
  chart: 'M2.5 13.5h11M4.5 11V8M8 11V3.5M11.5 11V6',
  check: 'm3 8.5 3.2 3.2L13 5',
  lock: 'M4 7.2h8v6.3H4zM5.6 7V5.2a2.4 2.4 0 0 1 4.8 0V7',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.6',
  close: 'm4 4 8 8M12 4l-8 8',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  down: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  download: 'M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M3 13.5h10',
  document: 'M4 1.8h5L12.5 5v9.2H4zM9 1.8V5h3.5M6 8h4.5M6 10.5h4.5',
  dots: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  external: 'M9.5 2.5h4v4M13.5 2.5 7.5 8.5M11.5 9.5v4h-9v-9h4',
  eye: 'M1.8 8C3 5.4 5.2 4 8 4s5 1.4 6.2 4c-1.2 2.6-3.4 4-6.2 4S3 10.6 1.8 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z',
  file: 'M4 1.8h5L12.5 5v9.2H4zM9 1.8V5h3.5',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  folder: 'M1.8 4.2v8.3h12.4V5.3H7.6L6.2 3.5H1.8z',
  gauge: 'M3.5 12.5a6 6 0 1 1 9 0M8 9l2.5-3',
  groups: 'M2.5 3.5h11M5.5 6.5h8M5.5 9.5h8M2.5 12.5h11',
  history: 'M2.5 8a5.5 5.5 0 1 0 1.7-4M2.5 2.5v3h3M8 5v3.2l2 1.3',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.3V11M8 5v.01',
  keyboard: 'M1.8 4h12.4v8H1.8zM4.3 6.5h.01M6.8 6.5h.01M9.2 6.5h.01M11.7 6.5h.01M5 9.5h6',
  link: 'M6.6 9.4a2.7 2.7 0 0 0 3.8 0l2.3-2.3a2.7 2.7 0 0 0-3.8-3.8l-.8.8M9.4 6.6a2.7 2.7 0 0 0-3.8 0L3.3 8.9a2.7 2.7 0 0 0 3.8 3.8l.8-.8',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01',
  moon: 'M13.2 9.7A5.6 5.6 0 0 1 6.3 2.8a5.6 5.6 0 1 0 6.9 6.9z',
  offline: 'M2 2l12 12M4.3 6.8A4 4 0 0 0 5 12.5h6.5M6.5 4.4a4 4 0 0 1 5.3 3 2.6 2.6 0 0 1 1.8 3.8',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  pin: 'M6 2h4l-.6 4.5L12 9.3H4l2.6-2.8zM8 9.3V14',
  play: 'M5 3.2v9.6L12.5 8z',
  queue: 'M8 10V2.5M4.8 5.7 8 2.5l3.2 3.2M2.5 9.5v4h11v-4',
  retry: 'M13.5 8A5.5 5.5 0 1 1 11.8 4M13.5 2.5v3h-3',
  right: 'm6 3.5 4.5 4.5L6 12.5',
  screen: 'M2 3h12v8H2zM5.5 13.5h5M8 11v2.5',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6 14 14',
  send: 'M14 2 1.8 6.6l4.9 2.6 2.6 4.9zM14 2 6.7 9.2',
  settings:
    'M2.5 4.5h4M10.5 4.5h3M2.5 11.5h3M9.5 11.5h4M8.5 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7.5 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  sheet: 'M2.5 2.5h11v11h-11zM2.5 6h11M6 6v7.5M6 9.7h7.5',
  skip: 'M3.5 3.5v9L10 8zM12.5 3.5v9',
  table: 'M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.2 3v10',
  top: 'M3 2.5h10M8 13.5V5.5M4.8 8.7 8 5.5l3.2 3.2',
  up: 'm4.5 9.5 3.5-3.5 3.5 3.5',
  upload: 'M8 10.7v-8M4.8 5.7 8 2.5l3.2 3.2M3 13.5h10',
  user: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 13.8a5.2 5.2 0 0 1 10.4 0',
} as const

export type IconName = keyof typeof DRAWINGS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={DRAWINGS[name]} strokeWidth={name === 'dots' ? 2 : undefined} />
    </svg>
  )
}
