/** Build step: the icons of `renderer/icons` as the images that Electron and the installers ask for. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IconIcns, IconIco } from '@shockpkg/icon-encoder'
import sharp from 'sharp'

/** Up to here the mark is drawn on the pixel grid, without details. */
const SMALL_UP_TO_PX = 32
/** A mid-tone of the accent that reads on light and on dark panels alike. */
const PANEL_COLOUR = '#7a70f5'
const ATTENTION_COLOUR = '#f59e0b'

/** Of the picture of the window above the taskbar of Windows. */
const BUTTONS = ['pause', 'resume', 'add'] as const
const TRAY_STATES = ['idle', 'working', 'paused', 'attention', 'offline'] as const
/** Electron picks the file whose suffix fits the screen. */
const TRAY_SCALES = { '': 1, '@1.25x': 1.25, '@1.5x': 1.5, '@2x': 2, '@3x': 3 } as const
const TRAY_PX = 16
/** Linux panels take the one image they are given and scale it. */
const LINUX_TRAY_PX = 44

const LINUX_PX = [16, 24, 32, 48, 64, 128, 256, 512]
const WINDOWS_PX = [16, 20, 24, 32, 40, 48, 64, 128, 256]
/** Types of an .icns and the pixels each holds, in the order of Apple's own tool. */
const MAC_PX = {
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic04: 16,
  ic14: 512,
  ic09: 512,
  ic05: 32,
  ic10: 1024,
  ic11: 32,
} as const

/** The grid of macOS leaves a margin around an icon: 824 of 1024 px are the icon itself. */
const MAC_SHARE = 824 / 1024
/** The share of app.svg inside its own margin. */
const OWN_SHARE = 456 / 512

/**
 * Renders everything that is made of the SVG sources.
 * @param sources - the folder with app.svg, app-small.svg, tray-*.svg and button-*.svg
 * @param shipped - gets app.png, the buttons' and the tray's images; for macOS `tray-<state>Template`
 * @param resources - gets what electron-builder looks for: icon.icns, icon.ico, icons/NxN.png
 */
export async function renderIcons(
  sources: string,
  shipped: string,
  resources: string,
): Promise<void> {
  const app = await readAppIcon(sources)
  await Promise.all([shipped, resources].map((path) => rm(path, { recursive: true, force: true })))
  await mkdir(shipped, { recursive: true })
  await mkdir(join(resources, 'icons'), { recursive: true })
  await writeFile(join(shipped, 'app.png'), await app.render(512))
  for (const state of TRAY_STATES) await renderTray(sources, shipped, state)
  for (const button of BUTTONS) await renderButton(sources, shipped, button)
  for (const px of LINUX_PX) {
    await writeFile(join(resources, 'icons', `${px}x${px}.png`), await app.render(px))
  }
  await writeFile(join(resources, 'icon.ico'), await encodeIco(app))
  await writeFile(join(resources, 'icon.icns'), await encodeIcns(app))
}

interface AppIcon {
  /** PNG that fills its square but for a hair. */
  render(px: number): Promise<Buffer>
}

async function readAppIcon(sources: string): Promise<AppIcon> {
  const [large, small] = await Promise.all(
    ['app.svg', 'app-small.svg'].map((name) => readFile(join(sources, name), 'utf8')),
  )
  if (large === undefined || small === undefined) throw new Error(`no app icon in ${sources}`)
  return {
    render: (px) => (px <= SMALL_UP_TO_PX ? rasterize(small, px) : rasterize(large, px)),
  }
}

async function renderTray(
  sources: string,
  folder: string,
  state: (typeof TRAY_STATES)[number],
): Promise<void> {
  const black = await readFile(join(sources, `tray-${state}.svg`), 'utf8')
  const coloured = black
    .replaceAll('#000', PANEL_COLOUR)
    .replace('</title>', `</title><style>.dot { fill: ${ATTENTION_COLOUR} }</style>`)
  for (const [suffix, scale] of Object.entries(TRAY_SCALES)) {
    const px = TRAY_PX * scale
    await writeFile(join(folder, `tray-${state}${suffix}.png`), await rasterize(coloured, px))
    // By its name, macOS takes the shape alone and colours it like the rest of the menu bar.
    if (!Number.isInteger(scale)) continue
    await writeFile(join(folder, `tray-${state}Template${suffix}.png`), await rasterize(black, px))
  }
  await writeFile(join(folder, `tray-${state}-linux.png`), await rasterize(coloured, LINUX_TRAY_PX))
}

async function renderButton(sources: string, folder: string, name: string): Promise<void> {
  const black = await readFile(join(sources, `button-${name}.svg`), 'utf8')
  const coloured = black.replaceAll('#000', PANEL_COLOUR)
  for (const [suffix, scale] of Object.entries(TRAY_SCALES)) {
    const image = await rasterize(coloured, TRAY_PX * scale)
    await writeFile(join(folder, `button-${name}${suffix}.png`), image)
  }
}

async function rasterize(svg: string, px: number): Promise<Buffer> {
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
  // At this density one unit of the drawing is what it is in the picture: nothing is scaled twice.
  const image = sharp(Buffer.from(svg), { density: (72 * px) / side })
  return image.resize(px, px).png({ compressionLevel: 9 }).toBuffer()
}

async function encodeIco(app: AppIcon): Promise<Uint8Array> {
  const ico = new IconIco()
  for (const px of WINDOWS_PX) await ico.addFromPng(await app.render(px), px >= 256)
  return ico.encode()
}

async function encodeIcns(app: AppIcon): Promise<Uint8Array> {
  const icns = new IconIcns()
  icns.toc = true
  for (const [type, px] of Object.entries(MAC_PX)) {
    await icns.addFromPng(await onTheGridOfMac(app, px), [type])
  }
  return icns.encode()
}

async function onTheGridOfMac(app: AppIcon, px: number): Promise<Buffer> {
  if (px <= SMALL_UP_TO_PX) return app.render(px)
  const inner = Math.round((px * MAC_SHARE) / OWN_SHARE)
  const before = Math.floor((px - inner) / 2)
  const margin = {
    top: before,
    left: before,
    bottom: px - inner - before,
    right: px - inner - before,
  }
  return sharp(await app.render(inner))
    .extend({ ...margin, background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png()
    .toBuffer()
}
