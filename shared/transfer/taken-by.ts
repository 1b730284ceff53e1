import type { LocalErrorCode } from '../errors/error-code.ts'
import type { Destination } from '../model/transfer.ts'
import { IMAGE_LIMIT_BYTES, isImageName } from './is-image.ts'

/** The official command line client refuses larger attachments of a Base. */
const ATTACHMENT_LIMIT_BYTES = 2 * 1024 * 1024 * 1024

/** Returns the reason a destination of this kind cannot take a file; undefined when it can. */
export function whyNotTaken(
  kind: Destination['kind'],
  fileName: string,
  sizeBytes: number,
): LocalErrorCode | undefined {
  switch (kind) {
    case 'sheet':
      if (!isImageName(fileName)) return 'sheet-only-images'
      return sizeBytes > IMAGE_LIMIT_BYTES ? 'sheet-image-too-large' : undefined
    case 'base':
      return sizeBytes > ATTACHMENT_LIMIT_BYTES ? 'attachment-too-large' : undefined
    case 'folder':
    case 'media':
    case 'docx':
    case 'page':
    case 'file':
      return undefined
  }
}
