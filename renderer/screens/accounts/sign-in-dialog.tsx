import { useApp } from '../../data/app.ts'
import { useText } from '../../data/text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { AccountForm } from './account-form.tsx'
import { ConnectForm } from './connect-form.tsx'
import { GrantForm } from './grant-form.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { closeSignIn, useSignInRequest } from './sign-in-request.ts'
import './accounts.css'

/** Opens whenever a sign-in is requested. */
export function SignInDialog() {
  const t = useText()
  const request = useSignInRequest()
  const { accounts } = useApp().accounts
  if (request === undefined) return null
  const { whom } = request
  if (whom === 'new') {
    return (
      <Dialog title={t('addAccount')} onClose={closeSignIn}>
        <ConnectForm onDone={closeSignIn} />
      </Dialog>
    )
  }
  const { name } = whom
  if ('grant' in request && request.grant !== undefined) {
    return (
      <Dialog title={t('grantAs', { name })} onClose={closeSignIn}>
        <GrantForm account={whom} grant={request.grant} onDone={closeSignIn} />
      </Dialog>
    )
  }
  const isKnown =
    whom.kind === 'user' &&
    accounts.some(({ identity, source }) => identity === whom.identity && source === 'stored')
  return (
    <Dialog title={t('signInAgainAs', { name })} onClose={closeSignIn}>
      {isKnown ? (
        <SignInAgain account={whom} onDone={closeSignIn} />
      ) : (
        <AccountForm account={whom} onDone={closeSignIn} />
      )}
    </Dialog>
  )
}
