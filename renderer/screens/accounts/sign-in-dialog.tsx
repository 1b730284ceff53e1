import { useApp } from '../../data/app.ts'
import { useText } from '../../data/text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { AccountForm } from './account-form.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { closeSignIn, useSignInRequest } from './sign-in-request.ts'
import './accounts.css'

/** Opens whenever a sign-in is requested. */
export function SignInDialog() {
  const t = useText()
  const request = useSignInRequest()
  const { accounts } = useApp().accounts
  if (request === undefined) return null
  const { whom, scopes } = request
  const title = whom === 'new' ? t('addAccount') : t('signInAgainAs', { name: whom.name })
  const isKnown =
    whom !== 'new' &&
    whom.kind === 'user' &&
    accounts.some(({ identity, source }) => identity === whom.identity && source === 'stored')
  return (
    <Dialog title={title} onClose={closeSignIn}>
      {isKnown ? (
        <SignInAgain account={whom} scopes={scopes} onDone={closeSignIn} />
      ) : (
        <AccountForm
          account={whom === 'new' ? undefined : whom}
          scopes={scopes}
          onDone={closeSignIn}
        />
      )}
    </Dialog>
  )
}
