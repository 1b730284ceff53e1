import type { ApiMethod } from '#main/destination/document-api.ts'
import { means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Ask } from './describe.ts'

/**
 * Makes the newer of two calls that answer alike, and the elder one from the first time on that the newer
 * is not known, or its scope is missing while that of the elder is not. Both keep the limits of the newer.
 */
export function newerOr<At, T>(newer: ApiMethod<At, T>, elder: Ask<At, T>): ApiMethod<At, T> {
  let isNewerGood = true
  const either: Ask<At, T> = async (at, options) => {
    if (!isNewerGood) return elder(at, options)
    try {
      return await newer(at, options)
    } catch (error) {
      if (!isAboutTheCall(error)) throw error
      const answer = await elder(at, options)
      isNewerGood = false
      return answer
    }
  }
  return Object.assign(either, { endpoint: newer.endpoint, repeatable: newer.repeatable })
}

/** Tells whether a refusal is about the call itself: its address is not known (plain text then), or its scope is missing. */
export function isAboutTheCall(error: unknown): boolean {
  if (!(error instanceof TransferError)) return false
  const { code, context } = error
  const isAddressUnknown = code === 'bad-response' && context.httpStatus === 404
  return isAddressUnknown || means(error, 'scope-missing')
}
