import type { AccessLevel } from './access.ts'
import type { AppOptions, UserTokenOptions } from './accounts.ts'
import type { Base, BaseRecord, NewBase } from './bases.ts'
import type { StorageMode } from './blob-store.ts'
import type { CallPhase, CallRecord } from './call-log.ts'
import type { ClockOptions, SimulatorClock } from './clock.ts'
import type { DocxBlock, DocxDocument, NewDocument } from './docx.ts'
import type { DriveLimits, DriveNode } from './drive.ts'
import type { FaultPlan } from './faults.ts'
import type { Gate, HoldTarget } from './gates.ts'
import type { ImportedDocument, ImportRules } from './imports.ts'
import type { StoredFile } from './library.ts'
import type { Member } from './members.ts'
import type { RateLimits } from './rate-gate.ts'
import type { Registrations } from './registrations.ts'
import type { Overwrite, SecondFinish } from './server.ts'
import type { SignIns } from './sign-ins.ts'
import type { NewSpreadsheet, Spreadsheet } from './spreadsheets.ts'
import type { TransactionInfo } from './transactions.ts'
import type { Wiki, WikiNode } from './wiki.ts'

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number
  readonly https?: { readonly key: string; readonly cert: string }
  readonly storage?: StorageMode
  /** Keeps the bytes after closing; a temporary folder is used and removed when absent. */
  readonly dataDir?: string
  readonly blockSizeBytes?: number
  readonly maxFileBytes?: number
  readonly secondFinish?: SecondFinish
  readonly overwrite?: Overwrite
  /** Time for which a `client_token` prevents a second execution; forever when absent. */
  readonly clientTokenLifeMs?: number
  readonly requireRouteToken?: boolean
  /** The documented limits when absent; single numbers can be replaced. */
  readonly rate?: Partial<RateLimits> | 'off'
  readonly forbidConcurrency?: boolean
  readonly driveLimits?: Partial<DriveLimits>
  readonly tokenLifeMs?: number
  readonly clock?: ClockOptions
  /** Delay of every answer. */
  readonly latencyMs?: number
  /** Speed at which all request bodies together are read. */
  readonly bytesPerSecond?: number
  /** Serve `/_simulator/` to other processes. */
  readonly admin?: boolean
}

export interface NewFile {
  /** Root when absent. */
  readonly parentToken?: string
  readonly name: string
  readonly bytes?: Uint8Array
  /** `file` by default; others are listed but hold no bytes. */
  readonly type?: string
}

/** A path below the root folder to all nodes of that path: names may repeat. Folders end with a slash. */
export type Tree = Record<string, (DriveNode & Partial<StoredFile>)[]>

export interface Simulator {
  /** Without `/open-apis`. */
  readonly baseUrl: string
  readonly clock: SimulatorClock
  readonly faults: FaultPlan
  /** The sign-in pages and who sits in front of them. */
  readonly signIns: SignIns
  readonly registrations: Registrations
  readonly calls: readonly CallRecord[]
  /** Calls refused with 99991400 by the frequency limits. */
  readonly rateRefusals: number
  callsTo(endpoint: string): readonly CallRecord[]
  /** The first call, past or to come, that the predicate accepts; it is asked at every phase of a call. */
  waitForCall(predicate: (call: CallRecord) => boolean): Promise<CallRecord>
  /** The returned function ends the listening. */
  on(phase: CallPhase, listener: (call: CallRecord) => void): () => void
  /** Holds the first call that fits, so that a test can act exactly then. */
  hold(target: HoldTarget): Gate
  files(): StoredFile[]
  bytesOf(token: string): Promise<Buffer>
  childrenOf(folderToken: string): DriveNode[]
  tree(): Tree
  transactions(): TransactionInfo[]
  /** The server forgets an upload in parts: its id is unknown from now on. */
  forgetTransaction(uploadId: string): Promise<void>
  /** A media that was uploaded is gone: nothing can show it any more. */
  forgetMedia(token: string): void
  /** Returns the token. */
  createFolder(parentToken: string, name: string): string
  /** Returns the token. */
  addFile(file: NewFile): Promise<string>
  /** Deletes a node with all below it; any other token counts as missing from now on. */
  removeNode(token: string): void
  /** Registers an app; a registered one can be registered again, say with other scopes. */
  registerApp(id: string, secret: string, options?: AppOptions): void
  /** The secret of an app, however it was created; '' when there is none. */
  secretOf(appId: string): string
  issueUserToken(options?: UserTokenOptions): string
  revokeToken(token: string): void
  setRate(rate: Partial<RateLimits> | 'off'): void
  /** Accepted calls of the current Shanghai day. */
  callsToday(endpoint: string, app?: string): number
  readonly wikiNodes: readonly WikiNode[]
  addWikiNode(node: WikiNode): void
  /** Pages of the wiki; its `rules` may be changed at any time. */
  readonly wiki: Wiki
  /**
   * Sets what an identity (`app:cli_demo`, `user:ou_demo`), or every identity, may do with a
   * document or folder from now on.
   */
  setAccess(token: string, level: AccessLevel, identityId?: string): void
  /** Makes a folder someone else's, by their open id; all are the demo person's else. */
  setOwner(token: string, openId: string): void
  /** Its `rules` may be changed at any time. */
  addBase(base?: NewBase): Base
  readonly bases: readonly Base[]
  /** Adds a record, as a person does in the Feishu client. Returns its id. */
  addRecord(appToken: string, tableId: string, fields: BaseRecord['fields']): string
  /** In order of creation. */
  records(appToken: string, tableId: string): readonly BaseRecord[]
  /** May be edited as people do in the Feishu client. */
  addDocument(document?: NewDocument): DocxDocument
  readonly documents: readonly DocxDocument[]
  /** From top to bottom, without the page itself. */
  blocks(documentId: string): readonly DocxBlock[]
  /** Its `images` tell what was put on it. */
  addSpreadsheet(spreadsheet?: NewSpreadsheet): Spreadsheet
  readonly spreadsheets: readonly Spreadsheet[]
  /** The behaviour of import tasks; may be changed at any time. */
  readonly importRules: ImportRules
  /** The documents that import tasks have made, in their order. */
  readonly imported: readonly ImportedDocument[]
  /** Rejects all sharing with this person from now on. */
  keepOut(memberId: string): void
  /** Returns the people who were given access to a file or document. */
  members(token: string): readonly Member[]
  /** Forgets recorded calls and what the rate limits have counted; files stay. */
  resetCounters(): void
  /** Destroys all connections. May be called again. */
  close(): Promise<void>
}
