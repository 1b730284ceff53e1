import type { PlaceName } from '#shared/model/place-name.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { Language } from '#shared/text/language.ts'
import { placeWords } from '#shared/text/place-words.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'

/** The way places are named to the person at the terminal. */
export interface PlaceSpeech {
  readonly language: Language
  /** The short form with the token stands beside the name. */
  readonly verbose: boolean
}

/** @param below the folders in it, and a file in those */
export function placeText(
  destination: Destination,
  name: PlaceName,
  { language, verbose }: PlaceSpeech,
  below: readonly string[] = [],
): string {
  const words = placeWords(name, language, below)
  return verbose ? `${words} (${formatDestination(destination)})` : words
}
