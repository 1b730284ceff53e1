import { explain } from '#shared/errors/explain.ts'
import type { Language } from '#shared/text/language.ts'
import { formatBytes } from '#shared/text/numbers.ts'
import { attentionWords } from '#shared/text/summary.ts'
import { t } from '#shared/text/t.ts'
import type { Notice } from './notices.ts'

export interface NoticeWords {
  readonly title: string
  readonly body: string
}

/** @param name of the one file it is about, if it is about one */
export function noticeWords(
  notice: Notice,
  language: Language,
  name: string | undefined,
): NoticeWords {
  switch (notice.kind) {
    case 'batch-done': {
      const { files, bytes, attention } = notice
      const more = attention > 0 ? [attentionWords(attention, language)] : []
      return {
        title:
          name === undefined
            ? t(language, 'desktop.filesDone', { count: files })
            : t(language, 'desktop.fileDone', { name }),
        body: [formatBytes(bytes), ...more].join(' · '),
      }
    }
    case 'attention':
      return {
        title: attentionWords(notice.count, language),
        body: name ?? t(language, 'desktop.clickForRemedy'),
      }
    case 'stopped': {
      const { message, remedy } = explain(notice.error, language, { final: true })
      return { title: message, body: remedy }
    }
  }
}
