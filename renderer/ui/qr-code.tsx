import { encode } from 'uqr'
import './qr-code.css'

/** The scanner needs a light margin of four modules. */
const MARGIN = 4

interface QrCodeProps {
  readonly text: string
  /** Says to a person who cannot see it where it leads. */
  readonly label: string
}

/** A text as a QR code: dark on light in every theme, as scanners want it. */
export function QrCode({ text, label }: QrCodeProps) {
  const { data, size } = encode(text, { ecc: 'L', border: MARGIN })
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  )
}
