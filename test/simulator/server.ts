/** The parts of one simulator, and what a route is. */
import type { Access } from './access.ts'
import type { Accounts } from './accounts.ts'
import type { Answer } from './answer.ts'
import type { Bases } from './bases.ts'
import type { BlobStore } from './blob-store.ts'
import type { Call } from './call.ts'
import type { CallLog } from './call-log.ts'
import type { SimulatorClock } from './clock.ts'
import type { DocxDocuments } from './docx.ts'
import type { Drive } from './drive.ts'
import type { FaultPlan } from './faults.ts'
import type { Gates } from './gates.ts'
import type { Imports } from './imports.ts'
import type { Library } from './library.ts'
import type { Members } from './members.ts'
import type { RateClass, RateGate } from './rate-gate.ts'
import type { RefusalCode } from './refusal.ts'
import type { Registrations } from './registrations.ts'
import type { RepeatedCalls } from './repeated-calls.ts'
import type { SpeedLimit } from './request-body.ts'
import type { SignIns } from './sign-ins.ts'
import type { Spreadsheets } from './spreadsheets.ts'
import type { TokenMint } from './token-mint.ts'
import type { Transactions } from './transactions.ts'
import type { Wiki } from './wiki.ts'

/** The answer to a second `upload_finish`; the pages do not say. */
export type SecondFinish = 'same-token' | 'expired' | 'not-found' | 'second-file'

/** The effect of `file_token` in a folder upload; the pages do not know it, and tenants differ. */
export type Overwrite = 'refused' | 'supported' | 'second-file'

interface ServerSettings {
  readonly overwrite: Overwrite
  /** Media for documents need a `drive_route_token`. */
  readonly requireRouteToken: boolean
  readonly blockSizeBytes: number
  readonly secondFinish: SecondFinish
  readonly forbidConcurrency: boolean
  readonly latencyMs: number
  readonly speed: SpeedLimit | undefined
  /** Bigger files are refused with 1061043, as tenant editions do. */
  readonly maxFileBytes: number
}

export interface Server {
  readonly settings: ServerSettings
  readonly clock: SimulatorClock
  readonly mint: TokenMint
  readonly accounts: Accounts
  readonly signIns: SignIns
  readonly registrations: Registrations
  readonly rate: RateGate
  readonly faults: FaultPlan
  readonly gates: Gates
  readonly log: CallLog
  readonly blobs: BlobStore
  readonly drive: Drive
  readonly library: Library
  readonly transactions: Transactions
  readonly access: Access
  readonly bases: Bases
  readonly docx: DocxDocuments
  readonly spreadsheets: Spreadsheets
  readonly wiki: Wiki
  readonly imports: Imports
  readonly members: Members
  readonly repeated: RepeatedCalls
  /** Aborted when the simulator closes. */
  readonly closing: AbortSignal
}

/** Does the work of a call whose body has been read. Refuses, or takes effect and answers. */
export type Commit = () => Answer | Promise<Answer>

interface ExclusiveRule {
  readonly place: (params: Readonly<Record<string, string>>) => string
  readonly code: RefusalCode
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/open-apis`, unless `atRoot`. */
  readonly path: string
  /** On the accounts host, which has no such prefix. */
  readonly atRoot?: boolean
  readonly endpoint: string
  readonly rate: RateClass
  /** The HTTP status of 1061045 when other calls of the app are in flight; absent where that is allowed. */
  readonly contentionStatus?: 200 | 400
  /** Calls to one place may not overlap: the place, from the path, and the code the second one gets. */
  readonly exclusive?: ExclusiveRule
  /** The answer to a malformed body; 1061002 when absent. */
  readonly badBody?: RefusalCode
  /** Answers only, changes nothing. */
  readonly readOnly?: boolean
  /** Needs no token. */
  readonly open?: boolean
  readonly handle: (call: Call) => Promise<Commit>
}
