import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Handling } from '#shared/model/transfer.ts'

export interface HandlingOptions {
  readonly sameName?: string
  readonly shareWith?: string
}

/** What `--same-name` takes; keeping both is what Feishu does by itself. */
const SAME_NAME = {
  'keep-both': {},
  skip: { sameName: 'skip' },
  overwrite: { sameName: 'overwrite' },
} as const satisfies Record<string, Handling>

/** Open ids of people begin like this; anything else that is no e-mail address is a mistake. */
const PERSON = /^(ou_[\w-]+|[^\s@]+@[^\s@]+)$/

/** @throws TransferError `usage` for a value that makes no sense */
export function readHandling({ sameName = 'keep-both', shareWith }: HandlingOptions): Handling {
  if (!Object.hasOwn(SAME_NAME, sameName)) {
    const allowed = Object.keys(SAME_NAME).join(', ')
    throw new TransferError('usage', { detail: `--same-name ${sameName} (${allowed})` })
  }
  if (shareWith !== undefined && !PERSON.test(shareWith)) {
    throw new TransferError('usage', {
      detail: `--share-with ${shareWith} (ou_… or an e-mail address)`,
    })
  }
  return {
    ...SAME_NAME[sameName as keyof typeof SAME_NAME],
    ...(shareWith !== undefined && { shareWith }),
  }
}
