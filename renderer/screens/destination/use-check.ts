import { useEffect, useState } from 'react'
import type { RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'

export type Check = RequestOutput<'destination.check'>
export type Found = Extract<Check, { kind: 'ok' }>
export type Columns = NonNullable<RequestInput<'destination.check'>['columns']>

const CHECK_AFTER_MS = 250

/**
 * Returns the meaning of a text as a destination; undefined until the check is answered.
 * @param account the account that is to upload there and so makes the check; undefined: the account
 *   in use
 */
export function useCheck(value: string, account: string | undefined): Check | undefined {
  const [check, setCheck] = useState<Check>()
  // The missing permission may have been granted.
  const { accounts } = useApp()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after each sign-in
  useEffect(() => {
    setCheck(undefined)
    const text = value.trim()
    if (text === '') return
    let isStale = false
    const timer = setTimeout(() => {
      const asked = { text, ...(account !== undefined && { account }) }
      void bridge.request('destination.check', asked).then((answer) => {
        if (isStale) return
        setCheck(answer.ok ? answer.value : { kind: 'refused', error: answer.error })
      })
    }, CHECK_AFTER_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [value, account, accounts])
  return check
}
