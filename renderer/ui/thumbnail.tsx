import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { isPictureName } from '#shared/model/look.ts'
import { useApp } from '../data/app.ts'
import { askForRowPicture, rowPictureNow } from '../data/pictures/pictures.ts'
import { FileIcon } from './file-icon.tsx'

/** A row that is only scrolled past asks for nothing. */
const ASK_AFTER_MS = 150

interface ThumbnailProps {
  /** Of the transfer. */
  readonly id: string
  readonly name: string
}

/** A picture as a small picture, anything else as the icon of its type. Both take the same room. */
export function Thumbnail({ id, name }: ThumbnailProps) {
  const isOn = useApp().settings.thumbnails
  return (
    <span className="thumbnail" aria-hidden="true">
      {isOn && isPictureName(name) ? (
        <RowPicture key={id} id={id} name={name} />
      ) : (
        <FileIcon name={name} />
      )}
    </span>
  )
}

function RowPicture({ id, name }: ThumbnailProps) {
  const [bitmap, setBitmap] = useState(() => rowPictureNow(id))
  useEffect(() => {
    if (bitmap !== undefined) return
    let giveUp: (() => void) | undefined
    const timer = setTimeout(() => {
      giveUp = askForRowPicture(id, setBitmap)
    }, ASK_AFTER_MS)
    return () => {
      clearTimeout(timer)
      giveUp?.()
    }
  }, [id, bitmap])
  return bitmap ? <Drawn bitmap={bitmap} /> : <FileIcon name={name} />
}

/** The middle of a picture, as a square. A canvas needs no address, so the content policy stays as strict as it is. */
function Drawn({ bitmap }: { readonly bitmap: ImageBitmap }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const side = Math.min(bitmap.width, bitmap.height)
  useLayoutEffect(() => {
    const left = (bitmap.width - side) / 2
    const top = (bitmap.height - side) / 2
    canvas.current?.getContext('2d')?.drawImage(bitmap, left, top, side, side, 0, 0, side, side)
  }, [bitmap, side])
  return <canvas ref={canvas} className="row-picture" width={side} height={side} />
}
