import type { ErrorView } from '#shared/contract/value-schemas.ts'
import { t } from '#shared/text/t.ts'

/** Returns the error that is shown when the host does not answer at all. */
export function hostGone(): ErrorView {
  return {
    code: 'connection-lost',
    atMs: Date.now(),
    message: { 'zh-CN': t('zh-CN', 'app.hostSilent'), en: t('en', 'app.hostSilent') },
    remedy: { 'zh-CN': t('zh-CN', 'app.hostSilentRemedy'), en: t('en', 'app.hostSilentRemedy') },
    actor: 'you',
  }
}
