/** The calls that tell what a place is, whether we may write there, and that let a person see a file. */
import { z } from 'zod'
import type { DocumentType, PlaceApi } from '#main/destination/document-api.ts'
import type { RemoteFile } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { emptyAnswer, identifier, pageAnswer, pageUrl, secondsToMs } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'
import { A_HUNDRED_A_MINUTE, describing, paced } from './describe.ts'
import { newerOr } from './newer-call.ts'

/** The largest page this list allows. */
const PAGE_SIZE = '50'

const METAS = 'drive/v1/metas/batch_query'
const MEMBERS = 'drive/v1/permissions/:token/members'

const nodeAnswer = z
  .object({
    node: z.object({
      space_id: identifier,
      obj_type: z.string(),
      obj_token: identifier,
      title: z.string().nullish(),
    }),
  })
  .transform(({ node }) => ({
    spaceId: node.space_id,
    objectType: node.obj_type,
    objectToken: node.obj_token,
    title: node.title ?? '',
  }))

/** 获取知识空间子节点列表 · items. */
const pageBelow = z
  .object({
    obj_token: identifier,
    obj_type: z.string(),
    title: z.string().nullish(),
    node_create_time: z.string().nullish(),
  })
  .transform((row): RemoteFile => {
    const createdAtMs = secondsToMs(row.node_create_time)
    const { obj_token: token, obj_type: type, title } = row
    return { token, type, name: title ?? '', ...(createdAtMs && { createdAtMs }) }
  })

const metaRow = z
  .object({
    doc_token: z.string().nullish(),
    title: z.string(),
    owner_id: z.string().nullish(),
    url: pageUrl,
    latest_modify_time: z.string().nullish(),
    // A page of a wiki is answered as what it shows.
    request_doc_info: z.object({ doc_token: z.string() }).nullish(),
  })
  .transform(({ doc_token, request_doc_info, title, owner_id: ownerId, url, ...row }) => {
    const modifiedAtMs = secondsToMs(row.latest_modify_time)
    return {
      token: request_doc_info?.doc_token ?? doc_token ?? '',
      title,
      ...(ownerId && { ownerId }),
      ...(url && { url }),
      ...(modifiedAtMs && { modifiedAtMs }),
    }
  })

const metasAnswer = z
  .object({
    metas: z.array(metaRow).nullish(),
    failed_list: z.array(z.object({ token: z.string().nullish(), code: z.int() })).nullish(),
  })
  .transform(({ metas, failed_list: failed }) => ({ found: metas ?? [], refused: failed ?? [] }))

export function placeCalls(call: MakeCall): PlaceApi {
  const { plain, repeatable } = describing(call)
  const metas = plain(
    `POST ${METAS}`,
    ({ of }: { of: readonly { token: string; type: DocumentType }[] }) => ({
      json: {
        request_docs: of.map(({ token, type }) => ({ doc_token: token, doc_type: type })),
        with_url: true,
      },
      schema: metasAnswer,
    }),
  )
  const node = ({ nodeToken: token }: { nodeToken: string }) => ({
    query: { token },
    schema: nodeAnswer,
  })
  return {
    // The official client asks the first by now; it is on no page, and taken to have the limit of the second.
    wikiNode: newerOr(
      repeatable('GET wiki/v2/spaces/node_by_token', A_HUNDRED_A_MINUTE, node),
      plain('GET wiki/v2/spaces/get_node', node),
    ),
    pagesBelow: repeatable('GET wiki/v2/spaces/:space_id/nodes', A_HUNDRED_A_MINUTE, (at) => ({
      params: { space_id: at.spaceId },
      query: {
        parent_node_token: at.nodeToken,
        page_size: PAGE_SIZE,
        page_token: at.pageToken,
      },
      schema: pageAnswer(pageBelow),
    })),
    meta: paced(`POST ${METAS}`, 10, true, async (at, options) => {
      const { found, refused } = await metas({ of: [at] }, options)
      // The call itself succeeds: what is wrong with one of those asked for stands beside the others.
      const [failure] = refused
      if (failure === undefined) return found[0]
      throw new TransferError(failure.code, { endpoint: METAS })
    }),
    metas: paced(`POST ${METAS}`, 10, true, async (at, options) => {
      const { found, refused } = await metas(at, options)
      return [
        ...found.map(({ token, title, url }) => ({ token, title, ...(url && { url }) })),
        ...refused.flatMap(({ token, code }) => (token ? [{ token, unnamed: code }] : [])),
      ]
    }),
    mayEdit: repeatable(`GET ${MEMBERS}/auth`, A_HUNDRED_A_MINUTE, ({ token, type }) => ({
      params: { token },
      query: { type, action: 'edit' },
      schema: z.object({ auth_result: z.boolean() }).transform((data) => data.auth_result),
    })),
    // 获取云文档协作者: 1,000 a minute.
    members: repeatable(`GET ${MEMBERS}`, 10, ({ fileToken: token, type }) => ({
      params: { token },
      query: { type },
      schema: z
        .object({ items: z.array(z.object({ member_id: z.string() })).nullish() })
        .transform(({ items }) => (items ?? []).map(({ member_id: memberId }) => memberId)),
    })),
    grant: repeatable(`POST ${MEMBERS}`, A_HUNDRED_A_MINUTE, ({ member, ...at }) => ({
      params: { token: at.fileToken },
      query: { type: at.type },
      json: {
        member_type: member.includes('@') ? 'email' : 'openid',
        member_id: member,
        perm: 'full_access',
      },
      schema: emptyAnswer,
    })),
  }
}
