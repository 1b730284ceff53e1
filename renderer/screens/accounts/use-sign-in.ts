import { useEffect, useRef, useState } from 'react'
import type { SignInView } from '#shared/contract/account-channels.ts'
import { reloadAccounts } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { useLive } from '../../data/live.ts'
import { useText } from '../../data/text.ts'
import { toast } from '../../ui/toasts.tsx'

/** A sign-in that was begun here, followed to its end. */
export function useSignIn(onDone: (() => void) | undefined) {
  const t = useText()
  const [begun, setBegun] = useState<SignInView>()
  const live = useLive((state) => state.accounts.signIn) ?? null
  // The live state is newer; until it arrives, the answer to the request is used.
  const view = begun === undefined ? null : live?.id === begun.id ? live : begun
  const [isRead, setIsRead] = useState(false)
  const isDone = view?.stage === 'done' && (view.warning === null || isRead)
  const name = view?.name ?? ''

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is done
  useEffect(() => {
    if (!isDone) return
    setBegun(undefined)
    toast(t('signedInAs', { name }))
    void reloadAccounts().then(() => onDone?.())
  }, [isDone])

  // A sign-in of someone else is not kept behind a closed dialog.
  const stage = useRef(view?.stage)
  stage.current = view?.stage
  useEffect(
    () => () => {
      if (stage.current === 'other-person') void bridge.request('accounts.cancel-sign-in', {})
    },
    [],
  )

  return {
    view: isDone ? null : view,
    follow(signIn: SignInView) {
      setIsRead(false)
      setBegun(signIn)
    },
    /** The person has read the warning. */
    goOn: () => setIsRead(true),
    cancel: () => {
      setBegun(undefined)
      void bridge.request('accounts.cancel-sign-in', {})
    },
  }
}
