/** An import against a Feishu that answers, loses answers and makes documents late, and a process that is killed. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DocumentCalls } from '#main/destination/document-calls.ts'
import { DocumentImports } from '#main/destination/document-imports.ts'
import type { FolderMirror } from '#main/destination/folder-mirror.ts'
import { Rhythms } from '#main/destination/rhythms.ts'
import { type CallContext, OutcomeUnknown, type RemoteFile } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { PendingAttach, Transfer } from '#shared/model/transfer.ts'

const MINUTE_MS = 60_000
const TYPE = 'docx'

/** The fate of a call that creates a task. */
const create = fc.constantFrom(
  ...(['made', 'lost, made', 'lost, made late', 'lost, not made'] as const),
  ...(['killed, made', 'killed, not made', 'too late'] as const),
)
/** The fate of a look at a task. */
const look = fc.constantFrom('running', 'done', 'killed', 'not known', 'failed')
const script = fc.record({
  creates: fc.array(create, { maxLength: 6 }),
  looks: fc.array(look, { maxLength: 8 }),
  /** The person says that the first document in question is theirs. */
  says: fc.array(fc.boolean(), { maxLength: 6 }),
  hasTwin: fc.boolean(),
})

type Script = typeof script extends fc.Arbitrary<infer T> ? T : never

const TRANSFER = {
  ...{ id: 't1', path: '/a.md', fileName: 'a.md', remoteFolders: [] },
  destination: { kind: 'folder', folderToken: 'fld' },
  handling: { asDocument: {} },
} as unknown as Transfer

const NEVER = new AbortController().signal
const CONTEXT = { rank: 0, stopping: NEVER, aborted: NEVER, onHold: () => {} } as CallContext

class Killed extends Error {}

/** Lives through a script, and as long after it as it takes. Returns what there is, and what was told. */
async function live({ creates, looks, says, hasTwin }: Script) {
  let nowMs = 1_000_000
  const clock = {
    nowMs: () => nowMs,
    steadyMs: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms
    },
  }
  const documents: (RemoteFile & { readonly createdAtMs: number })[] = []
  const tickets = new Map<string, string>()
  const told = new Set<string>()
  let pending: PendingAttach | undefined
  let count = 0
  const make = (delayMs = 0) => {
    const token = `doc${++count}`
    documents.push({ token, name: 'a', type: TYPE, createdAtMs: nowMs + delayMs })
    return token
  }
  if (hasTwin) make()
  const unknown = () => new OutcomeUnknown(new TransferError('connection-lost'))
  const calls = {
    createImport: async () => {
      const fate = creates.shift() ?? 'made'
      if (fate === 'too late') throw new TransferError(1069913)
      if (fate === 'lost, not made') throw unknown()
      if (fate === 'killed, not made') throw new Killed()
      const token = make(fate === 'lost, made late' ? 4 * MINUTE_MS : 0)
      if (fate.startsWith('lost')) throw unknown()
      if (fate === 'killed, made') throw new Killed()
      tickets.set(`ticket ${token}`, token)
      return { ticket: `ticket ${token}` }
    },
    importJob: async ({ ticket }: { ticket: string }) => {
      const fate = looks.shift() ?? 'done'
      const token = tickets.get(ticket) ?? ''
      if (fate === 'killed') throw new Killed()
      if (fate === 'not known') throw new TransferError(1069904)
      if (fate === 'running') return { status: 2, message: '', cut: [] }
      if (fate === 'done') return { status: 0, message: '', token, cut: [] }
      documents.splice(
        documents.findIndex((each) => each.token === token),
        1,
      )
      return { status: 3, message: '', cut: [] }
    },
  } as unknown as DocumentCalls
  const there = async () => documents.filter(({ createdAtMs }) => createdAtMs <= nowMs)
  const mirror = {
    resolve: async () => ({ family: 'files', parentType: 'explorer', parentNode: 'fld' }),
    filesNamed: there,
    documentsNow: there,
    made: () => {},
    forget: async () => false,
  } as unknown as FolderMirror
  const store = {
    saveAttach: (_: string, next: PendingAttach) => {
      pending = next
    },
    dropAttach: () => {
      pending = undefined
    },
    ownTokens: () => new Set<string>(),
  }
  const copies = { known: () => new Set<string>() }
  for (let turn = 0; turn < 60; turn++) {
    // Each turn is a process of its own.
    const rhythms = new Rhythms(clock)
    const serverNowMs = clock.nowMs
    const spaceOf = async () => 'space'
    const options = { calls, store, copies, mirror, rhythms, clock, serverNowMs, spaceOf }
    const place = pending?.place ?? { kind: 'document' as const, type: TYPE }
    if (place.kind !== 'document') throw new Error('another place')
    pending = { place, fileToken: pending?.fileToken ?? `upload${turn}` }
    const task = { transfer: TRANSFER, place, fileToken: pending.fileToken ?? '', context: CONTEXT }
    try {
      const attached = await new DocumentImports(options).attach(task)
      for (const note of attached.notes ?? []) {
        if (note.kind === 'maybe-twice') for (const token of note.documents) told.add(token)
      }
      return { token: attached.fileToken, documents, told, hasTwin }
    } catch (error) {
      if (error instanceof Killed) continue
      if (!(error instanceof TransferError)) throw error
      nowMs += error.context.retryAfterMs ?? 0
      for (const { fileToken } of error.context.candidates ?? []) told.add(fileToken)
      const [mine] = error.context.candidates ?? []
      if (mine !== undefined && says.shift() === true && pending?.place.kind === 'document') {
        const made = { token: mine.fileToken, cut: [], byPerson: true }
        pending = { place: { ...pending.place, made }, fileToken: mine.fileToken }
      }
    }
  }
  throw new Error('it never came to an end')
}

it('ends with a document that is there, and every other one it made was told', async () => {
  await fc.assert(
    fc.asyncProperty(script, async (given) => {
      const { token, documents, told, hasTwin } = await live({
        ...given,
        creates: [...given.creates],
        looks: [...given.looks],
        says: [...given.says],
      })
      const twin = hasTwin ? documents[0] : undefined
      const ours = documents.filter((each) => each !== twin)
      expect(ours.map((each) => each.token)).toContain(token)
      const untold = ours.filter((each) => each.token !== token && !told.has(each.token))
      expect(untold).toEqual([])
      expect(told).not.toContain(twin?.token)
    }),
    { numRuns: 300 },
  )
})
