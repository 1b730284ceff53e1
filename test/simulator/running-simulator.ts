/** The interface of tests: questions and orders to the parts of one server. */
import type { AccessLevel } from './access.ts'
import type { AppOptions, UserTokenOptions } from './accounts.ts'
import type { BaseRecord, NewBase } from './bases.ts'
import type { CallPhase, CallRecord } from './call-log.ts'
import type { NewDocument } from './docx.ts'
import type { HoldTarget } from './gates.ts'
import { DEFAULT_APP, ROOT_FOLDER_TOKEN } from './limits.ts'
import { fullRate, type RateLimits } from './rate-gate.ts'
import type { Server } from './server.ts'
import type { NewFile, Simulator, Tree } from './simulator-types.ts'
import type { NewSpreadsheet } from './spreadsheets.ts'
import type { WikiNode } from './wiki.ts'

export class RunningSimulator implements Simulator {
  baseUrl = ''
  readonly #server: Server
  readonly #shutDown: () => Promise<void>
  #closed: Promise<void> | undefined

  constructor(server: Server, shutDown: () => Promise<void>) {
    this.#server = server
    this.#shutDown = shutDown
  }

  close() {
    this.#closed ??= this.#shutDown()
    return this.#closed
  }

  get clock() {
    return this.#server.clock
  }

  get faults() {
    return this.#server.faults
  }

  get registrations() {
    return this.#server.registrations
  }

  get signIns() {
    return this.#server.signIns
  }

  get calls() {
    return this.#server.log.all
  }

  get rateRefusals() {
    return this.#server.rate.refusals
  }

  callsTo(endpoint: string) {
    return this.calls.filter((call) => call.endpoint === endpoint)
  }

  waitForCall(predicate: (call: CallRecord) => boolean) {
    return this.#server.log.wait(predicate)
  }

  on(phase: CallPhase, listener: (call: CallRecord) => void) {
    return this.#server.log.on(phase, listener)
  }

  hold(target: HoldTarget) {
    return this.#server.gates.hold(target)
  }

  files() {
    return this.#server.library.all
  }

  bytesOf(token: string) {
    return this.#server.library.bytesOf(token)
  }

  childrenOf(folderToken: string) {
    return this.#server.drive.childrenOf(folderToken)
  }

  tree(): Tree {
    const tree: Tree = {}
    const walk = (folderToken: string, prefix: string) => {
      for (const node of this.childrenOf(folderToken)) {
        const path = `${prefix}${node.name}${node.type === 'folder' ? '/' : ''}`
        tree[path] ??= []
        tree[path].push({ ...node, ...this.#server.library.get(node.token) })
        if (node.type === 'folder') walk(node.token, path)
      }
    }
    walk(ROOT_FOLDER_TOKEN, '')
    return tree
  }

  transactions() {
    return this.#server.transactions.all
  }

  forgetTransaction(uploadId: string) {
    return this.#server.transactions.forget(uploadId)
  }

  forgetMedia(token: string) {
    this.#server.library.forget(token)
  }

  createFolder(parentToken: string, name: string) {
    return this.#server.drive.createFolder(parentToken, name).token
  }

  async addFile({ parentToken = '', name, bytes = new Uint8Array(), type = 'file' }: NewFile) {
    const { blobs, drive, library, mint } = this.#server
    if (type !== 'file') return drive.add(parentToken, name, type, mint.next('dox')).token
    const place = {
      family: 'files' as const,
      parentType: 'explorer',
      parentNode: parentToken,
      fileName: name,
      identity: '',
    }
    return library.add(place, await blobs.put(bytes)).token
  }

  removeNode(token: string) {
    const gone = this.#server.drive.remove(token)
    for (const each of gone) this.#server.library.forget(each)
    if (gone.length === 0) this.#server.access.markMissing(token)
  }

  secretOf(appId: string) {
    return this.#server.accounts.app(appId)?.secret ?? ''
  }

  registerApp(id: string, secret: string, options?: AppOptions) {
    this.#server.accounts.registerApp(id, secret, options)
  }

  issueUserToken(options: UserTokenOptions = {}) {
    return this.#server.accounts.issueUserToken({ app: DEFAULT_APP.id, ...options })
  }

  revokeToken(token: string) {
    this.#server.accounts.revokeToken(token)
  }

  setRate(rate: Partial<RateLimits> | 'off') {
    this.#server.rate.setLimits(fullRate(rate))
  }

  callsToday(endpoint: string, app: string = DEFAULT_APP.id) {
    return this.#server.rate.callsToday(app, endpoint)
  }

  get wiki() {
    return this.#server.wiki
  }

  get wikiNodes() {
    return this.#server.wiki.nodes()
  }

  addWikiNode(node: WikiNode) {
    this.#server.wiki.add(node)
  }

  setAccess(token: string, level: AccessLevel, identityId?: string) {
    this.#server.access.set(token, level, identityId)
  }

  setOwner(token: string, openId: string) {
    this.#server.drive.setOwner(token, openId)
  }

  addBase(base: NewBase = {}) {
    return this.#server.bases.add(base)
  }

  get bases() {
    return this.#server.bases.all
  }

  addRecord(appToken: string, tableId: string, fields: BaseRecord['fields']) {
    const { bases } = this.#server
    const [record] = bases.addRecords(bases.table(appToken, tableId), [fields])
    return record?.recordId ?? ''
  }

  records(appToken: string, tableId: string) {
    return [...(this.#server.bases.require(appToken).tables.get(tableId)?.records.values() ?? [])]
  }

  addDocument(document: NewDocument = {}) {
    return this.#server.docx.add(document)
  }

  get documents() {
    return this.#server.docx.all
  }

  blocks(documentId: string) {
    return this.#server.docx.require(documentId).blocks
  }

  addSpreadsheet(spreadsheet: NewSpreadsheet = {}) {
    return this.#server.spreadsheets.add(spreadsheet)
  }

  get spreadsheets() {
    return this.#server.spreadsheets.all
  }

  get importRules() {
    return this.#server.imports.rules
  }

  get imported() {
    return this.#server.imports.documents
  }

  keepOut(memberId: string) {
    this.#server.members.keepOut(memberId)
  }

  members(token: string) {
    return this.#server.members.of(token)
  }

  resetCounters() {
    this.#server.log.clear()
    this.#server.rate.reset()
  }
}
