import { TransferError } from '#shared/errors/transfer-error.ts'
import { PERSON_NAME } from '#shared/model/person-name.ts'
import type { Handling } from '#shared/model/transfer.ts'

export interface HandlingOptions {
  readonly sameName?: string
  readonly shareWith?: string
}

/** The values of `--same-name`; keeping both is Feishu's own behaviour. */
const SAME_NAME = {
  'keep-both': {},
  skip: { sameName: 'skip' },
  overwrite: { sameName: 'overwrite' },
} as const satisfies Record<string, Handling>

/** @throws TransferError `usage` for a value that makes no sense */
export function readHandling({ sameName = 'keep-both', shareWith }: HandlingOptions): Handling {
  if (!Object.hasOwn(SAME_NAME, sameName)) {
    const allowed = Object.keys(SAME_NAME).join(', ')
    throw new TransferError('usage', { detail: `--same-name ${sameName} (${allowed})` })
  }
  const person = personOf(shareWith)
  return {
    ...SAME_NAME[sameName as keyof typeof SAME_NAME],
    ...(person !== undefined && { shareWith: person }),
  }
}

/**
 * Returns the person that `--share-with` names.
 * @throws TransferError `usage` for what cannot be a person
 */
export function personOf(text: string | undefined): string | undefined {
  if (text === undefined || PERSON_NAME.test(text)) return text
  throw new TransferError('usage', { detail: `--share-with ${text} (ou_… | name@example.com)` })
}
