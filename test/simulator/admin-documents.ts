/** `/_simulator/`: lets another process make documents, change their rules, and see what became of them. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AccessLevel } from './access.ts'
import type { BaseRecord, BaseRules, NewBase } from './bases.ts'
import type { DocxBlock, NewDocument } from './docx.ts'
import type { Member } from './members.ts'
import type { Simulator } from './simulator-types.ts'
import type { FloatImage, NewSpreadsheet } from './spreadsheets.ts'
import type { WikiNode } from './wiki.ts'

export interface MadeBase {
  readonly token: string
  /** In the order in which they were given. */
  readonly tableIds: readonly string[]
}

export interface MadeSpreadsheet {
  readonly token: string
  readonly sheetIds: readonly string[]
}

/** `identityId` such as `app:cli_demo`; absent for all identities. */
export interface AccessOrder {
  readonly token: string
  readonly level: AccessLevel
  readonly identityId?: string
}

/** The contents of the documents, by their tokens. */
export interface DocumentsState {
  /** Records by table id. */
  readonly bases: Readonly<Record<string, Readonly<Record<string, readonly BaseRecord[]>>>>
  readonly documents: Readonly<Record<string, readonly DocxBlock[]>>
  readonly spreadsheets: Readonly<Record<string, readonly FloatImage[]>>
  /** Of uploaded files that were given any. */
  readonly members: Readonly<Record<string, readonly Member[]>>
}

/** Adds the admin paths for documents. */
export function addDocumentRoutes(app: FastifyInstance, simulator: () => Simulator): void {
  app.get('/_simulator/documents', async () => documentsOf(simulator()))
  app.post('/_simulator/bases', async (request): Promise<MadeBase> => {
    const { token, tables } = simulator().addBase(bodyOf<NewBase>(request))
    return { token, tableIds: [...tables.keys()] }
  })
  app.patch('/_simulator/bases/:token', async (request) => {
    const { token } = request.params as { token: string }
    const base = simulator().bases.find((each) => each.token === token)
    if (base === undefined) throw new Error(`there is no Base ${token}`)
    return Object.assign(base.rules, bodyOf<Partial<BaseRules>>(request))
  })
  app.post('/_simulator/docx', async (request) => {
    return { token: simulator().addDocument(bodyOf<NewDocument>(request)).token }
  })
  app.post('/_simulator/spreadsheets', async (request): Promise<MadeSpreadsheet> => {
    const { token, sheets } = simulator().addSpreadsheet(bodyOf<NewSpreadsheet>(request))
    return { token, sheetIds: sheets.map(({ sheetId }) => sheetId) }
  })
  app.post('/_simulator/wiki-nodes', async (request) => {
    simulator().addWikiNode(bodyOf<WikiNode>(request))
    return {}
  })
  app.post('/_simulator/access', async (request) => {
    const { token, level, identityId } = bodyOf<AccessOrder>(request)
    simulator().setAccess(token, level, identityId)
    return {}
  })
  app.delete('/_simulator/nodes/:token', async (request) => {
    simulator().removeNode((request.params as { token: string }).token)
    return {}
  })
}

function bodyOf<T>(request: FastifyRequest): T {
  return (request.body ?? {}) as T
}

function documentsOf(simulator: Simulator): DocumentsState {
  const { bases, documents, spreadsheets } = simulator
  const given = simulator.files().filter(({ token }) => simulator.members(token).length > 0)
  return {
    bases: byToken(bases, ({ tables }) =>
      Object.fromEntries([...tables].map(([id, { records }]) => [id, [...records.values()]])),
    ),
    documents: byToken(documents, ({ blocks }) => blocks),
    spreadsheets: byToken(spreadsheets, ({ images }) => images),
    members: byToken(given, ({ token }) => simulator.members(token)),
  }
}

function byToken<T extends { readonly token: string }, R>(
  list: readonly T[],
  value: (item: T) => R,
): Record<string, R> {
  return Object.fromEntries(list.map((item) => [item.token, value(item)]))
}
