import { baseUrlFor } from '#main/app/accounts/actor.ts'
import { lineOf } from '#main/app/accounts/connection-options.ts'
import { keepAppOfHome } from '#main/app/accounts/log-in.ts'
import { createAppByScan, type FoundApp } from '#main/app/accounts/registrations.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { appRights } from '#shared/permissions/app-rights.ts'
import { t } from '#shared/text/t.ts'
import { ask } from '../ask.ts'
import { qrLines } from '../qr-lines.ts'
import type { Session } from '../session.ts'

/**
 * Has an app created by a scan, shows what it may do, and keeps its secret when the person agrees.
 * @returns the app; undefined when the person does not agree
 * @throws TransferError as `createAppByScan`; `no-terminal` when there is no one to ask
 */
export async function createApp(
  session: Session,
  isAgreed: boolean,
): Promise<FoundApp | undefined> {
  const { settings, log, interrupted, output } = session
  const { language, json } = settings
  // Before anything is created in Feishu.
  if (!isAgreed && !process.stdin.isTTY) throw new TransferError('no-terminal', { detail: '--yes' })
  if (!json) output.say(t(language, 'cli.scanNote'))
  const found = await createAppByScan(
    lineOf(settings, log),
    { feishu: baseUrlFor(settings, 'feishu'), lark: baseUrlFor(settings, 'lark') },
    ({ url, lifeMs }) => showLink(session, url, lifeMs),
    interrupted,
  )
  showRights(session, found)
  if (!isAgreed) {
    const answer = await ask(session, t(language, 'cli.keepApp'), { instead: '--yes' })
    if (!/^(y|yes|是)$/i.test(answer)) {
      output.say(t(language, 'cli.appNotKept', { appId: found.appId }))
      return undefined
    }
  }
  await keepAppOfHome(session, found)
  return found
}

/** The terminal of old, where one does not tell its size. */
const USUAL_COLUMNS = 80
const USUAL_ROWS = 24

/** Shows a link as a QR code on a terminal that has room for it; says how much it takes where it has not. */
export function showQrCode({ output, settings }: Session, url: string): void {
  if (!output.isTerminal || settings.json || settings.quiet) return
  const { columns = USUAL_COLUMNS, rows = USUAL_ROWS } = output.drawing
  const lines = qrLines(url, columns)
  if (lines === undefined) {
    output.say(t(settings.language, 'cli.codeTooWide'))
    return
  }
  output.drawing.write(`${lines.join('\n')}\n`)
  // The link and the line above it follow.
  const needed = lines.length + 3
  if (needed > rows) output.say(t(settings.language, 'cli.codeTooHigh', { rows: needed }))
}

function showLink(session: Session, url: string, lifeMs: number): void {
  const { output, settings } = session
  if (settings.json) {
    const expiresAtMs = Date.now() + lifeMs
    output.json({ type: 'sign-in', kind: 'new-app', url, expiresAtMs })
    return
  }
  const minutes = Math.max(1, Math.floor(lifeMs / 60_000))
  showQrCode(session, url)
  output.say(t(settings.language, 'cli.scan', { minutes }), url)
}

function showRights({ output, settings }: Session, { appId, brand, rights }: FoundApp): void {
  const { language, json } = settings
  if (json) {
    output.json({ type: 'app', appId, brand, ...rights })
    return
  }
  output.say(t(language, 'cli.appCreated', { appId }))
  const { used, others, asApp, isKnown } = appRights(rights)
  const list = (scopes: readonly string[]) => scopes.map((scope) => `  ${scope}`)
  if (!isKnown) output.say(t(language, 'cli.rightsUnknown'))
  if (used.length > 0) output.say(t(language, 'cli.rightsUsed'), ...list(used))
  if (others.length > 0) output.say(t(language, 'cli.rightsOthers'), ...list(others))
  if (asApp.length > 0) output.say(t(language, 'cli.rightsAsApp'), ...list(asApp))
}
