/** Descriptions of calls: each has its address, its limits, its request and its answer in one place. */
import type { ApiMethod } from '#main/destination/document-api.ts'
import type { CallOptions } from '#main/engine/ports.ts'
import type { ApiCall, MakeCall } from '../http/call.ts'

export type Ask<At, T> = (at: At, options: CallOptions) => Promise<T>

/** Method and path, as the page of the call has them: `GET docx/v1/documents/:document_id`. */
export type Address = `${ApiCall<unknown>['method']} ${string}`

/** The request for a set of arguments, and the shape of its answer. */
type Describe<At, T> = (at: At) => Pick<ApiCall<T>, 'params' | 'query' | 'json' | 'schema'>

/** Ways to describe the calls that `call` makes. */
export function describing(call: MakeCall) {
  /** A call that another one stands for at the gate. */
  const plain =
    <At, T>(address: Address, describe: Describe<At, T>): Ask<At, T> =>
    (at, options) => {
      const [method, endpoint] = address.split(' ') as [ApiCall<T>['method'], string]
      return call({ method, endpoint, at: 'data', ...describe(at) }, options)
    }
  return {
    plain,
    /** A call that may be repeated: it reads, has a token of ours, or doing it twice is doing it once. */
    repeatable: <At, T>(address: Address, callsPerSecond: number, describe: Describe<At, T>) =>
      paced(address, callsPerSecond, true, plain(address, describe)),
    /** A call whose caller has to find out what became of it when its answer is lost. */
    once: <At, T>(address: Address, callsPerSecond: number, describe: Describe<At, T>) =>
      paced(address, callsPerSecond, false, plain(address, describe)),
  }
}

/**
 * A call with its limits, as its page has them. No page of a document's call names a daily limit, and none
 * says that calls may not overlap.
 */
export function paced<At, T>(
  address: Address,
  callsPerSecond: number,
  repeatable: boolean,
  ask: Ask<At, T>,
): ApiMethod<At, T> {
  const endpoint = { path: address, callsPerSecond, callsPerDay: undefined, usesLane: false }
  return Object.assign(ask, { endpoint, repeatable })
}

/** 100 calls a minute are a little more than one and a half a second. */
export const A_HUNDRED_A_MINUTE = 1
