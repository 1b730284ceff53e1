/** The part of a picture that is counted. */
type Sized = Pick<ImageBitmap, 'width' | 'height'>

const BYTES_PER_PIXEL = 4

/** Small pictures by id, up to a number and a size; null: there is nothing to show. The one used last goes last. */
export class KeptPictures<Picture extends Sized> {
  readonly #most: { readonly pictures: number; readonly bytes: number }
  /** The one used last at the end. */
  readonly #kept = new Map<string, Picture | null>()
  #bytes = 0

  constructor(most: { readonly pictures: number; readonly bytes: number }) {
    this.#most = most
  }

  /** Returns the picture of an id; undefined: it is not kept. */
  get(id: string): Picture | null | undefined {
    const picture = this.#kept.get(id)
    if (picture !== undefined) {
      this.#kept.delete(id)
      this.#kept.set(id, picture)
    }
    return picture
  }

  /** Keeps a picture in place of that of the same id. One that has to go is not closed: a row may still show it. */
  keep(id: string, picture: Picture | null): void {
    this.#drop(id)
    this.#kept.set(id, picture)
    this.#bytes += bytesOf(picture)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most.pictures && this.#bytes <= this.#most.bytes) return
      this.#drop(oldest)
    }
  }

  #drop(id: string): void {
    this.#bytes -= bytesOf(this.#kept.get(id))
    this.#kept.delete(id)
  }
}

function bytesOf(picture: Sized | null | undefined): number {
  return picture ? picture.width * picture.height * BYTES_PER_PIXEL : 0
}
