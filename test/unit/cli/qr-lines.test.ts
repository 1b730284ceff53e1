import { encode } from 'uqr'
import { expect, it } from 'vitest'
import { qrLines } from '#main/cli/qr-lines.ts'

/** Reads the drawing back, two rows a line. */
function modulesOf(lines: readonly string[]): boolean[][] {
  const plain = lines.map((line) => line.slice('\u001b[30;107m'.length, -'\u001b[0m'.length))
  return plain.flatMap((line) => [
    [...line].map((cell) => cell === '█' || cell === '▀'),
    [...line].map((cell) => cell === '█' || cell === '▄'),
  ])
}

it('draws every module once, with a light margin, in lines of one width', () => {
  const link = 'https://open.feishu.cn/page/launcher?user_code=AB12CD34'
  const { data, size } = encode(link, { ecc: 'L', border: 4 })
  const drawn = modulesOf(qrLines(link, 120) ?? [])
  expect(drawn.slice(0, size)).toEqual(data)
  expect(drawn.slice(0, 4).flat().concat(drawn.slice(-4).flat()).some(Boolean)).toBe(false)
})

it('has narrower sides in a narrow window, and is not drawn where its lines would wrap', () => {
  const link = `https://open.feishu.cn/page/launcher?user_code=AB12CD34&addons=${'x'.repeat(430)}`
  const { size } = encode(link, { ecc: 'L', border: 0 })
  const widthIn = (columns: number) => modulesOf(qrLines(link, columns) ?? [])[0]?.length
  expect([widthIn(120), widthIn(80), widthIn(size + 1)]).toEqual([size + 8, size + 2, undefined])
})
