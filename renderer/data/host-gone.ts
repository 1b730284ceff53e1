import type { ErrorView } from '#shared/contract/value-schemas.ts'

/** Returns the error that is shown when the host does not answer at all. */
export function hostGone(): ErrorView {
  return {
    code: 'connection-lost',
    atMs: Date.now(),
    message: { 'zh-CN': '飞递没有响应。', en: 'Feidi is not answering.' },
    remedy: {
      'zh-CN': '请确认飞递仍在运行；页面会自动重新连接。',
      en: 'Check that Feidi is still running; this page connects again by itself.',
    },
    actor: 'you',
  }
}
