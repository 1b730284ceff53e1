import type { ErrorView } from '#shared/contract/value-schemas.ts'
import { t } from '#shared/text/t.ts'

/** Returns the error that is shown when the host does not answer at all. */
export function hostGone(): ErrorView {
  return {
    code: 'connection-lost',
    atMs: Date.now(),
    message: inEach('hostSilent'),
    remedy: inEach('hostSilentRemedy'),
    actor: 'you',
  }
}

function inEach(name: 'hostSilent' | 'hostSilentRemedy'): ErrorView['message'] {
  return { 'zh-CN': t('zh-CN', `app.${name}`), en: t('en', `app.${name}`) }
}
