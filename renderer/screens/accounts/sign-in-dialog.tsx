import { useText } from '../../data/text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { AccountForm } from './account-form.tsx'
import { askToSignIn, useSignInRequest } from './sign-in-request.ts'
import './accounts.css'

/** Opens whenever a sign-in is requested. */
export function SignInDialog() {
  const t = useText()
  const whom = useSignInRequest()
  if (whom === undefined) return null
  const close = () => askToSignIn(undefined)
  const title = whom === 'new' ? t('addAccount') : t('signInAgainAs', { name: whom.name })
  return (
    <Dialog title={title} onClose={close}>
      <AccountForm account={whom === 'new' ? undefined : whom} onDone={close} />
    </Dialog>
  )
}
