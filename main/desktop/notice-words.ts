import { explain } from '#shared/errors/explain.ts'
import type { Language } from '#shared/text/language.ts'
import { formatBytes, formatCount } from '#shared/text/numbers.ts'
import { attentionWords } from '#shared/text/summary.ts'
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
        title: doneWords(files, name, language),
        body: [formatBytes(bytes), ...more].join(' · '),
      }
    }
    case 'attention':
      return { title: attentionWords(notice.count, language), body: name ?? hintWords(language) }
    case 'stopped': {
      const { message, remedy } = explain(notice.error, language, { final: true })
      return { title: message, body: remedy }
    }
  }
}

function doneWords(files: number, name: string | undefined, language: Language): string {
  if (name !== undefined) return language === 'zh-CN' ? `${name} 已上传` : `${name} is up`
  const shown = formatCount(files)
  return language === 'zh-CN' ? `${shown} 个文件已上传` : `${shown} files are up`
}

function hintWords(language: Language): string {
  return language === 'zh-CN' ? '点击查看该怎么做。' : 'Click to see what to do.'
}
