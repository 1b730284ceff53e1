/** Lists that are answered page by page: `page_size`, `page_token`, `has_more`, `total`. */
import { Refusal, type RefusalCode } from './refusal.ts'

interface PageSize {
  readonly default: number
  readonly limit: number
}

/** One page of rows. A page token is the number of rows before the page. */
export function pageOf<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  size: PageSize,
  badQuery: RefusalCode,
): Record<string, unknown> {
  const pageSize = numberIn(query, 'page_size') ?? size.default
  const start = numberIn(query, 'page_token') ?? 0
  const fits = pageSize >= 1 && pageSize <= size.limit && start <= rows.length
  if (!fits) throw new Refusal(badQuery, 'page_size or page_token')
  const end = Math.min(start + pageSize, rows.length)
  const hasMore = end < rows.length
  return {
    items: rows.slice(start, end),
    has_more: hasMore,
    page_token: hasMore ? String(end) : '',
    total: rows.length,
  }
}

/** Undefined when not given, NaN when not a whole number. */
function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
}
