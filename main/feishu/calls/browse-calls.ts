/** The calls that list places a person may choose from. */
import { z } from 'zod'
import type { BrowseApi, FoundPlace } from '#main/destination/document-api.ts'
import { LIST_FOLDER } from '#main/engine/endpoints.ts'
import { folderPageAnswer, identifier, pageAnswer, pageUrl } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'
import { A_HUNDRED_A_MINUTE, describing } from './describe.ts'

/** The largest page of each list. */
const FOLDER_PAGE = '200'
const WIKI_PAGE = '50'
const SEARCH_PAGE = 20

const rootAnswer = z.object({ token: identifier }).transform(({ token }) => ({ token }))

const spaceRow = z
  .object({ space_id: identifier, name: z.string().nullish() })
  .transform(({ space_id: token, name }) => ({ token, name: name ?? '' }))

const pageRow = z
  .object({
    node_token: identifier,
    title: z.string().nullish(),
    has_child: z.boolean().nullish(),
  })
  .transform(({ node_token: token, title, has_child: hasChildren }) => ({
    token,
    name: title ?? '',
    hasChildren: hasChildren ?? true,
  }))

/** Marks around what was searched for, as the official client knows them. */
const HIGHLIGHT = /<\/?hb?>/g

const foundRow = z
  .object({
    title_highlighted: z.string().nullish(),
    result_meta: z.object({
      token: z.string().nullish(),
      url: pageUrl,
      owner_id: z.string().nullish(),
    }),
  })
  .transform(({ title_highlighted: title, result_meta: { token, url, owner_id: owner } }) => ({
    token: token ?? '',
    name: (title ?? '').replaceAll(HIGHLIGHT, ''),
    ...(url && { url }),
    ...(owner && { owner }),
  })) satisfies z.ZodType<FoundPlace>

const searchAnswer = z
  .object({
    res_units: z.array(foundRow).nullish(),
    has_more: z.boolean().nullish(),
    page_token: z.string().nullish(),
  })
  .transform(({ res_units: items, has_more: hasMore, page_token: nextPageToken }) => ({
    items: items ?? [],
    ...(hasMore === true && nextPageToken && { nextPageToken }),
  }))

export function browseCalls(call: MakeCall): BrowseApi {
  const { repeatable, plain } = describing(call)
  const folderPage: BrowseApi['folderPage'] = Object.assign(
    plain(
      'GET drive/v1/files',
      ({ folderToken, pageToken }: { folderToken: string; pageToken?: string }) => ({
        // The root comes whole and knows no pages.
        query:
          folderToken === ''
            ? {}
            : { folder_token: folderToken, page_size: FOLDER_PAGE, page_token: pageToken },
        schema: folderPageAnswer.transform(({ files, nextPageToken }) => ({
          items: files,
          ...(nextPageToken && { nextPageToken }),
        })),
      }),
    ),
    // In one line with the look of an upload at its folder.
    { endpoint: LIST_FOLDER, repeatable: true },
  )
  return {
    folderPage,
    rootFolder: repeatable('GET drive/explorer/v2/root_folder/meta', A_HUNDRED_A_MINUTE, () => ({
      schema: rootAnswer,
    })),
    wikiSpaces: repeatable('GET wiki/v2/spaces', A_HUNDRED_A_MINUTE, ({ pageToken }) => ({
      query: { page_size: WIKI_PAGE, page_token: pageToken },
      schema: pageAnswer(spaceRow),
    })),
    wikiPages: repeatable(
      'GET wiki/v2/spaces/:space_id/nodes',
      A_HUNDRED_A_MINUTE,
      ({ spaceId, nodeToken, pageToken }) => ({
        params: { space_id: spaceId },
        query: {
          parent_node_token: nodeToken || undefined,
          page_size: WIKI_PAGE,
          page_token: pageToken,
        },
        schema: pageAnswer(pageRow),
      }),
    ),
    searchPlaces: repeatable(
      'POST search/v2/doc_wiki/search',
      A_HUNDRED_A_MINUTE,
      ({ query, spaceIds, pageToken }) => ({
        json: {
          query,
          page_size: SEARCH_PAGE,
          ...(spaceIds === undefined
            ? { doc_filter: { doc_types: ['FOLDER'], only_title: true } }
            : { wiki_filter: { space_ids: spaceIds, only_title: true } }),
          ...(pageToken !== undefined && { page_token: pageToken }),
        },
        schema: searchAnswer,
      }),
    ),
  }
}
