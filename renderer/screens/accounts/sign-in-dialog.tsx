import { useText } from '../../data/text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { AccountForm } from './account-form.tsx'
import { closeSignIn, useSignInRequest } from './sign-in-request.ts'
import './accounts.css'

/** Opens whenever a sign-in is requested. */
export function SignInDialog() {
  const t = useText()
  const request = useSignInRequest()
  if (request === undefined) return null
  const { whom, scopes } = request
  const title = whom === 'new' ? t('addAccount') : t('signInAgainAs', { name: whom.name })
  return (
    <Dialog title={title} onClose={closeSignIn}>
      <AccountForm
        account={whom === 'new' ? undefined : whom}
        scopes={scopes}
        onDone={closeSignIn}
      />
    </Dialog>
  )
}
