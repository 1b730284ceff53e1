/** The calls that tell what a place is, whether we may write there, and that let a person see a file. */
import { z } from 'zod'
import type { PlaceApi } from '#main/destination/document-api.ts'
import { emptyAnswer, identifier } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'

const MEMBERS = 'drive/v1/permissions/:token/members'

const nodeAnswer = z
  .object({
    node: z.object({ obj_type: z.string(), obj_token: identifier, title: z.string().nullish() }),
  })
  .transform(({ node }) => ({
    objectType: node.obj_type,
    objectToken: node.obj_token,
    title: node.title ?? '',
  }))

const metaRow = z
  .object({ title: z.string(), owner_id: z.string().nullish(), url: z.string().nullish() })
  .transform(({ title, owner_id: ownerId, url }) => ({
    title,
    ...(ownerId && { ownerId }),
    ...(url && { url }),
  }))

export function placeCalls(call: MakeCall): PlaceApi {
  return {
    wikiNode: ({ nodeToken }, options) =>
      call(
        {
          method: 'GET',
          at: 'data',
          endpoint: 'wiki/v2/spaces/get_node',
          query: { token: nodeToken },
          schema: nodeAnswer,
        },
        options,
      ),
    meta: ({ token, type }, options) =>
      call(
        {
          method: 'POST',
          at: 'data',
          endpoint: 'drive/v1/metas/batch_query',
          json: { request_docs: [{ doc_token: token, doc_type: type }], with_url: true },
          schema: z
            .object({ metas: z.array(metaRow).nullish() })
            .transform(({ metas }) => metas?.[0]),
        },
        options,
      ),
    mayEdit: ({ token, type }, options) =>
      call(
        {
          method: 'GET',
          at: 'data',
          endpoint: `${MEMBERS}/auth`,
          params: { token },
          query: { type, action: 'edit' },
          schema: z.object({ auth_result: z.boolean() }).transform((data) => data.auth_result),
        },
        options,
      ),
    members: ({ fileToken }, options) =>
      call(
        {
          method: 'GET',
          at: 'data',
          endpoint: MEMBERS,
          params: { token: fileToken },
          query: { type: 'file' },
          schema: z
            .object({ items: z.array(z.object({ member_id: z.string() })).nullish() })
            .transform(({ items }) => (items ?? []).map(({ member_id: memberId }) => memberId)),
        },
        options,
      ),
    grant: ({ fileToken, member }, options) =>
      call(
        {
          method: 'POST',
          at: 'data',
          endpoint: MEMBERS,
          params: { token: fileToken },
          query: { type: 'file' },
          json: {
            member_type: member.includes('@') ? 'email' : 'openid',
            member_id: member,
            perm: 'full_access',
          },
          schema: emptyAnswer,
        },
        options,
      ),
  }
}
