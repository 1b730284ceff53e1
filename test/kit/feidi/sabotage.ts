/** Failing on purpose: the i-th operation of the disk, of the files, or of the line to Feishu. */
import type { LocalErrorCode } from '#shared/errors/error-code.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Surroundings } from './in-process.ts'

/** Wraps one of the surroundings so that its i-th operation fails; `failed` tells whether it came to that. */
export interface Sabotage {
  readonly failed: () => boolean
  readonly replace: (surroundings: Surroundings) => Surroundings
}

export type Saboteur = (index: number) => Sabotage

/** Every method of an object counts; the one with the index goes through `fail` instead. */
function countingProxy<T extends object>(
  target: T,
  isNext: () => boolean,
  fail: (original: () => unknown) => unknown,
): T {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key)
      if (typeof value !== 'function') return value
      const counted = (...args: unknown[]) => {
        const original = () => Reflect.apply(value, object, args) as unknown
        return isNext() ? fail(original) : original()
      }
      // A call of the API bears its limits.
      return Object.assign(counted, value)
    },
  })
}

function counter(index: number) {
  let count = 0
  return { isNext: () => count++ === index, failed: () => count > index }
}

export function failingStores(code: LocalErrorCode): Saboteur {
  return (index) => {
    const { isNext, failed } = counter(index)
    const fail = () => {
      throw new TransferError(code, { detail: `operation ${index}` })
    }
    const wrap = <T extends object>(store: T) => countingProxy(store, isNext, fail)
    return {
      failed,
      replace: ({ stores, ...rest }) => ({
        ...rest,
        stores: {
          ...stores,
          transfers: wrap(stores.transfers),
          quota: wrap(stores.quota),
          folders: wrap(stores.folders),
          memos: wrap(stores.memos),
        },
      }),
    }
  }
}

export function failingSources(code: LocalErrorCode): Saboteur {
  return (index) => {
    const { isNext, failed } = counter(index)
    const fail = () => Promise.reject(new TransferError(code, { detail: `operation ${index}` }))
    return {
      failed,
      replace: (all) => ({ ...all, sources: countingProxy(all.sources, isNext, fail) }),
    }
  }
}

/** The call does not arrive, or it takes effect and only the answer is lost. */
export function failingCalls(takesEffect: boolean): Saboteur {
  return (index) => {
    const { isNext, failed } = counter(index)
    const fail = async (original: () => unknown) => {
      if (takesEffect) await original()
      throw new TransferError('connection-lost', { neverArrived: !takesEffect })
    }
    return {
      failed,
      replace: (all) => ({ ...all, api: countingProxy(all.api, isNext, fail) }),
    }
  }
}
