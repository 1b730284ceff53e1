import { expect, it } from 'vitest'
import { openFilters } from '#main/app/api/filters.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { placeNamed } from '#test/kit/place-name.ts'

const to = (folderToken: string) => ({ kind: 'folder', folderToken }) as const
const NAMES: Readonly<Record<string, string>> = { one: '合同 Archive', two: 'Finance' }

const filterOf = openFilters(
  { destinations: () => [to('one'), to('two')] },
  (destination: Destination) =>
    placeNamed('folder', (destination.kind === 'folder' && NAMES[destination.folderToken]) || ''),
  () => [],
  () => 'in-use',
)

it('a search is for every word, in the names of destinations as well', () => {
  const { search } = filterOf({ kinds: ['done'], search: '  合同  FINANCE 2026 ' })
  expect(search).toEqual([
    { text: '合同', destinations: [to('one')] },
    { text: 'FINANCE', destinations: [to('two')] },
    { text: '2026', destinations: [] },
  ])
})

it('a rule that is gone has no files', () => {
  expect(filterOf({ kinds: ['done'], search: '', rule: 'gone' }).kinds).toEqual([])
})

it('the account in use has what is marked with no account', () => {
  const asked = (account: string) =>
    filterOf({ kinds: ['done'], search: '', criteria: { account } }).criteria
  expect(asked('in-use')).toEqual({ accounts: ['in-use', ''] })
  expect(asked('other')).toEqual({ accounts: ['other'] })
})
