/** 文档搜索: folders and pages of wikis by their name, for people only. */
import { type Answer, success } from './answer.ts'
import type { Call } from './call.ts'
import { linkOf } from './links.ts'
import { pageOf } from './pages.ts'
import { Refusal } from './refusal.ts'
import type { Commit, Route, Server } from './server.ts'
import { spaceOf } from './wiki.ts'

/** 文档搜索 · page_size, query. */
const PAGE_SIZE = { default: 15, limit: 20 } as const
const LONGEST_QUERY = 50

const DEMO_OWNER = 'ou_demo'

export function searchRoute(server: Server): Route {
  return {
    method: 'POST',
    path: '/search/v2/doc_wiki/search',
    endpoint: 'search/doc_wiki',
    rate: 'minute',
    readOnly: true,
    badBody: 1061002,
    handle: (call) => search(server, call),
  }
}

interface Filter {
  readonly doc_types?: readonly string[]
  readonly space_ids?: readonly string[]
}

async function search(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(
    ['query', 'page_size'],
    ['doc_filter', 'wiki_filter', 'page_token'],
  )
  return () => {
    // The page names the token of a user only.
    if (call.identity.id.startsWith('app:')) throw new Refusal(99991663)
    const { query, doc_filter: docs, wiki_filter: wikis } = body
    if (typeof query !== 'string' || query.length > LONGEST_QUERY) throw new Refusal(1061002)
    if (docs === undefined && wikis === undefined) throw new Refusal(1061002)
    const rows = [
      ...folders(server, call, query, docs as Filter | undefined),
      ...pages(server, call, query, wikis as Filter | undefined),
    ]
    return answer(rows, body.page_size, body.page_token)
  }
}

function answer(rows: readonly object[], pageSize: unknown, pageToken: unknown): Answer {
  const query = new URLSearchParams({
    page_size: String(pageSize),
    ...(typeof pageToken === 'string' && { page_token: pageToken }),
  })
  const { items, ...rest } = pageOf(rows, query, PAGE_SIZE, 1061002)
  return success({ ...rest, res_units: items })
}

function folders({ drive, access }: Server, call: Call, query: string, filter?: Filter): object[] {
  if (filter?.doc_types?.includes('FOLDER') !== true) return []
  return drive
    .folders()
    .filter(
      ({ token, name }) => isNamed(name, query) && access.allows(call.identity, token, 'view'),
    )
    .map(({ token, name }) => ({
      title_highlighted: highlighted(name, query),
      entity_type: 'DOC',
      result_meta: {
        doc_types: 'FOLDER',
        token,
        url: linkOf('folder', token),
        owner_id: drive.ownerOf(token) ?? DEMO_OWNER,
      },
    }))
}

/** A page is told by the token of what it shows; only its link has its own. */
function pages({ wiki, access }: Server, call: Call, query: string, filter?: Filter): object[] {
  if (filter === undefined) return []
  const { space_ids: spaces } = filter
  return wiki
    .nodes()
    .filter((node) => spaces?.includes(spaceOf(node)) ?? true)
    .filter(
      ({ token, title = '' }) =>
        isNamed(title, query) && access.allows(call.identity, token, 'view'),
    )
    .map(({ token, objToken, title = '' }) => ({
      title_highlighted: highlighted(title, query),
      entity_type: 'WIKI',
      result_meta: {
        doc_types: 'DOCX',
        token: objToken,
        url: linkOf('wiki', token),
        owner_id: DEMO_OWNER,
      },
    }))
}

function isNamed(name: string, query: string): boolean {
  return name.toLowerCase().includes(query.toLowerCase())
}

/** The official client takes these marks away again. */
function highlighted(name: string, query: string): string {
  if (query === '') return name
  const at = name.toLowerCase().indexOf(query.toLowerCase())
  const end = at + query.length
  return `${name.slice(0, at)}<h>${name.slice(at, end)}</h>${name.slice(end)}`
}
