/** Larger pictures are not decoded: a few bytes can claim billions of pixels. */
const MOST_PIXELS = 50_000_000

/** AVIF states its sizes near its beginning. */
const AVIF_HEAD_BYTES = 64 * 1024

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Returns the size of a picture as its file states it. Known: PNG, JPEG, GIF, WebP, BMP and AVIF, by their first bytes;
 * the name of a file tells nothing about it.
 * @returns undefined for what is none of them, is cut short, or claims more pixels than are decoded
 */
export function pictureSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const size = statedSize(bytes, view)
    if (size === undefined || size.width < 1 || size.height < 1) return undefined
    return size.width * size.height > MOST_PIXELS ? undefined : size
  } catch {
    // It ends before its size does.
    return undefined
  }
}

function statedSize(bytes: Uint8Array, view: DataView): Size | undefined {
  const text = (from: number, length: number) =>
    String.fromCharCode(...bytes.subarray(from, from + length))
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') {
    return { width: view.getUint32(16), height: view.getUint32(20) }
  }
  if (text(0, 2) === '\xff\xd8') return jpegSize(view)
  if (/^GIF8[79]a/.test(text(0, 6))) return gifSize(view)
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return webpSize(view, text(12, 4))
  if (text(0, 2) === 'BM') return bmpSize(view)
  if (/^ftypavi[fs]/.test(text(4, 8))) return avifSize(bytes, view)
  return undefined
}

/** The first frame header; segments before it are skipped (ITU-T T.81, annex B). */
function jpegSize(view: DataView): Size {
  let at = 2
  for (;;) {
    const marker = view.getUint16(at)
    const isFrame =
      marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    // Fill bytes may stand before a marker.
    at += marker === 0xffff ? 1 : 2 + view.getUint16(at + 2)
  }
}

/** The screen, or the first picture where that is larger: decoders show all of it. */
function gifSize(view: DataView): Size {
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  let at = 13 + tableBytes(view.getUint8(10))
  while (view.getUint8(at) !== 0x2c) {
    if (view.getUint8(at) !== 0x21) throw new RangeError('no block')
    at += 2
    for (let block = view.getUint8(at); block > 0; block = view.getUint8(at)) at += block + 1
    at += 1
  }
  const right = view.getUint16(at + 1, true) + view.getUint16(at + 5, true)
  const bottom = view.getUint16(at + 3, true) + view.getUint16(at + 7, true)
  return {
    width: Math.max(view.getUint16(6, true), right),
    height: Math.max(view.getUint16(8, true), bottom),
  }
}

function webpSize(view: DataView, chunk: string): Size | undefined {
  const short = (at: number) => view.getUint16(at, true)
  const three = (at: number) => short(at) + view.getUint8(at + 2) * 0x1_0000
  switch (chunk) {
    case 'VP8X':
      return { width: three(24) + 1, height: three(27) + 1 }
    case 'VP8 ':
      return { width: short(26) & 0x3fff, height: short(28) & 0x3fff }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    default:
      return undefined
  }
}

function bmpSize(view: DataView): Size {
  if (view.getUint32(14, true) === 12) {
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) }
  }
  // A negative height: the rows stand from top to bottom.
  return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }
}

/** The largest of the sizes stated (`ispe`): tiles and thumbnails have one too. */
function avifSize(bytes: Uint8Array, view: DataView): Size | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, AVIF_HEAD_BYTES))
  let largest: Size | undefined
  for (let at = head.indexOf('ispe'); at >= 0; at = head.indexOf('ispe', at + 4)) {
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (largest === undefined || size.width * size.height > largest.width * largest.height) {
      largest = size
    }
  }
  return largest
}
