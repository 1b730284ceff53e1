import {
  appOfHome,
  logInAsApp,
  logInAsPerson,
  type PersonWishes,
} from '#main/app/accounts/log-in.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { PURPOSE_NAMES, type Purpose } from '#shared/permissions/scope-groups.ts'
import { t } from '#shared/text/t.ts'
import { accountJson, accountLines } from '../account-words.ts'
import { ask } from '../ask.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'
import { warn } from '../warn.ts'
import { createApp, showQrCode } from './login-new.ts'

export interface LoginOptions {
  readonly new?: boolean
  readonly yes?: boolean
  readonly device?: boolean
  readonly lark?: boolean
  readonly asApp?: boolean
  readonly appId?: string
  readonly for?: readonly string[]
  readonly scope?: readonly string[]
}

/** `feidi login`: a person signs in to an app, or the app itself is made an account. */
export async function login(session: Session, options: LoginOptions): Promise<ExitCode> {
  const { output, settings } = session
  const app = options.new
    ? await createApp(session, options.yes === true)
    : await readApp(session, options)
  if (app === undefined) return EXIT.allDone
  const signIn = options.asApp
    ? logInAsApp(session, app)
    : logInAsPerson(session, app, wishesOf(session, options))
  const { account, isInUse, endsByItself } = await signIn.catch((error: unknown) => {
    if (options.new) output.warn(t(settings.language, 'cli.appIsKept', { appId: app.appId }))
    throw error
  })
  if (settings.json) output.json(accountJson(account, isInUse))
  else {
    output.say(
      t(settings.language, 'cli.signedIn'),
      ...accountLines(account, isInUse, settings.language),
    )
  }
  if (endsByItself) warn(session, new TransferError('sign-in-not-renewable'))
  return EXIT.allDone
}

/** The app: said, from the environment, or the one there is; its secret never from the arguments. */
async function readApp(session: Session, options: LoginOptions) {
  const { env } = session
  const { language } = session.settings
  const { baseUrl, appId: knownId, secretOf } = appOfHome(session, options.lark ? 'lark' : 'feishu')
  const appId =
    options.appId ||
    env['FEIDI_APP_ID']?.trim() ||
    knownId ||
    (await ask(session, t(language, 'cli.appId'), { instead: '--app-id' }))
  if (!/^[A-Za-z0-9_-]{4,64}$/.test(appId)) {
    throw new TransferError('usage', { detail: `--app-id ${appId}` })
  }
  const appSecret =
    env['FEIDI_APP_SECRET']?.trim() ||
    (await secretOf(appId)) ||
    (await ask(session, t(language, 'cli.appSecret'), {
      isSecret: true,
      instead: 'FEIDI_APP_SECRET',
    }))
  if (appSecret === '') throw new TransferError('credentials-missing', { detail: 'App Secret' })
  return { appId, appSecret, baseUrl }
}

/** @throws TransferError `usage` for a purpose that there is none of */
function purposesOf(given: readonly string[]): Purpose[] {
  return given.map((word) => {
    const purpose = PURPOSE_NAMES.find((name) => name === word)
    if (purpose === undefined) throw new TransferError('usage', { detail: `--for ${word}` })
    return purpose
  })
}

function wishesOf(session: Session, options: LoginOptions): PersonWishes {
  const { settings, output } = session
  const { json, language } = settings
  return {
    scopes: options.scope,
    purposes: purposesOf(options.for ?? []),
    language,
    onPage(url) {
      if (json) output.json({ type: 'sign-in', kind: 'browser', url })
      else output.say(t(language, 'cli.openInBrowser'), url)
    },
    // An app created by a scan has no address for a browser to come back to.
    onCode:
      options.device || options.new
        ? ({ userCode, url, lifeMs }) => {
            if (json) {
              const expiresAtMs = Date.now() + lifeMs
              output.json({ type: 'sign-in', kind: 'device', userCode, url, expiresAtMs })
              return
            }
            const minutes = Math.max(1, Math.floor(lifeMs / 60_000))
            showQrCode(session, url)
            output.say(t(language, 'cli.typeCode', { code: userCode, minutes }), url)
          }
        : undefined,
  }
}
