import type { WindowRequest } from '#main/store/queue-windows.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'

/**
 * A window narrowed to the files of one watched folder; what went up before the rule was made again
 * counts as well. Of a rule that is gone there is nothing to see.
 */
export function ofRule<Filter extends Pick<WindowRequest, 'kinds'>>(
  filter: Filter,
  id: string | undefined,
  rules: readonly WatchRule[],
): Filter & Pick<WindowRequest, 'place'> {
  if (id === undefined) return filter
  const rule = rules.find((each) => each.id === id)
  if (rule === undefined) return { ...filter, kinds: [] }
  return { ...filter, place: { folder: rule.folder, destination: rule.destination } }
}
