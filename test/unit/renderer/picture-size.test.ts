import { expect, it } from 'vitest'
import { pictureSize } from '../../../renderer/data/pictures/picture-size.ts'

const latin = (text: string) => [...text].map((each) => each.charCodeAt(0))
const big = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) % 256)
const little = (value: number, bytes: number) => big(value, bytes).reverse()

const png = (width: number, height: number) => [
  ...latin('\x89PNG\r\n\x1a\n'),
  ...big(13, 4),
  ...latin('IHDR'),
  ...big(width, 4),
  ...big(height, 4),
]
/** A comment, fill bytes and a table stand before the frame. */
const jpeg = (width: number, height: number) => [
  ...[0xff, 0xd8, 0xff, 0xfe, 0, 4, 1, 2, 0xff, 0xff, 0xc4, 0, 2],
  ...[0xff, 0xc2, 0, 11, 8, ...big(height, 2), ...big(width, 2)],
]
const gif = (screen: number, picture: number) => [
  ...latin('GIF89a'),
  ...little(screen, 2),
  ...little(screen, 2),
  ...[0x80, 0, 0, ...Array(6).fill(0)],
  ...[0x21, 0xf9, 4, 0, 0, 0, 0, 0],
  ...[0x2c, 0, 0, 0, 0, ...little(picture, 2), ...little(picture, 2)],
]
const webp = (chunk: string, ...content: number[]) => [
  ...latin(`RIFF\0\0\0\0WEBP${chunk}`),
  ...little(10, 4),
  ...content,
]
const bmp = (width: number, height: number) => [
  ...latin('BM'),
  ...Array(12).fill(0),
  ...little(40, 4),
  ...little(width, 4),
  ...little(2 ** 32 - height, 4),
]
const avif = (...sizes: number[]) => [
  ...latin('\0\0\0\x14ftypavif'),
  ...sizes.flatMap((size) => [...latin('ispe'), 0, 0, 0, 0, ...big(size, 4), ...big(size, 4)]),
]

it.for([
  ['PNG', png(800, 600), 800, 600],
  ['JPEG', jpeg(4_000, 3_000), 4_000, 3_000],
  ['GIF', gif(320, 320), 320, 320],
  ['WebP, extended', webp('VP8X', 0, 0, 0, 0, 0xff, 3, 0, 0x7f, 2, 0), 1_024, 640],
  ['WebP, lossy', webp('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xe0, 1), 640, 480],
  ['WebP, lossless', webp('VP8L', 0x2f, ...little(99 + 49 * 2 ** 14, 4)), 100, 50],
  ['BMP from top to bottom', bmp(64, 32), 64, 32],
  ['AVIF', avif(100, 2_000, 512), 2_000, 2_000],
] as const)('reads the size of a %s', ([, bytes, width, height]) => {
  expect(pictureSize(new Uint8Array(bytes))).toEqual({ width, height })
  // Cut short, it is refused.
  expect(pictureSize(new Uint8Array(bytes.slice(0, 12)))).toBeUndefined()
})

it.for([
  ['a PNG of 60,000 by 60,000 in 24 bytes', png(60_000, 60_000)],
  ['a JPEG of 65,535 by 65,535', jpeg(65_535, 65_535)],
  ['a GIF whose picture is larger than its screen', gif(10, 65_000)],
  ['an AVIF whose tile is larger than it', avif(100, 60_000)],
  ['a picture of no height', png(10, 0)],
  ['an SVG', latin('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')],
  ['a web page', latin('<!doctype html><script>alert(1)</script>')],
  ['nothing', []],
] as const)('has none for %s', ([, bytes]) => {
  expect(pictureSize(new Uint8Array(bytes))).toBeUndefined()
})
