import { z } from 'zod'
import type { SecretBox } from '#main/store/secret-box.ts'
import type { SettingsFile } from '#main/store/settings-file.ts'

const storedSchema = z.object({ sealed: z.string().nullable() }).default({ sealed: null })

/** One secret in a part of its own of the settings file. */
export class SealedText {
  readonly #file: SettingsFile
  readonly #part: string
  readonly #box: SecretBox
  #sealed: string | null
  /** Until it is there: the system may ask the person first. */
  #opening: Promise<string | undefined> | undefined

  /** @throws TransferError `settings-corrupt`, having moved the file aside */
  constructor(file: SettingsFile, part: string, box: SecretBox) {
    this.#file = file
    this.#part = part
    this.#box = box
    this.#sealed = file.read(part, storedSchema).sealed
  }

  get isSet(): boolean {
    return this.#sealed !== null
  }

  /** @throws TransferError when what was sealed cannot be opened here */
  read(): Promise<string | undefined> {
    const sealed = this.#sealed
    if (sealed === null) return Promise.resolve(undefined)
    this.#opening ??= this.#box.open(sealed, (better) => this.#keep(better))
    // A keychain that is locked now may be open the next time.
    this.#opening.catch(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  async write(text: string | null): Promise<void> {
    this.#keep(text === null ? null : await this.#box.seal(text))
    this.#opening = text === null ? undefined : Promise.resolve(text)
  }

  #keep(sealed: string | null): void {
    this.#file.change(this.#part, storedSchema, () => ({ sealed }))
    this.#sealed = sealed
  }
}
