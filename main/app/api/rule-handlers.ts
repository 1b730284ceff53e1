import { isAbsolute, resolve } from 'node:path'
import type { RuleStore } from '#main/store/rule-store.ts'
import { type RuleProblem, whyUnusable } from '#main/watch/check-rule.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { RULE_CHANNELS, RuleInput } from '#shared/contract/rule-channels.ts'
import type { RuleErrorCode } from '#shared/errors/error-code.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import { isPendingStep } from '#shared/model/follow.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { demandPlaceForDocuments } from '../adding/document-place.ts'
import { forgetFiles } from '../forget-files.ts'
import { isOf } from '../unfinished.ts'
import { confirmFolder } from '../watching/confirm-folder.ts'
import { fitRule } from '../watching/fit-rule.ts'
import { approveRule, demandFolderForFollowing } from '../watching/follow-of-home.ts'
import { ruleView, wishedRule } from '../watching/rule-view.ts'
import type { Handlers } from './answer.ts'
import { destinationLink } from './links.ts'
import type { AppParts } from './parts.ts'

type RuleParts = Pick<
  AppParts,
  | 'rules'
  | 'watching'
  | 'previews'
  | 'undo'
  | 'account'
  | 'destinations'
  | 'stores'
  | 'surroundings'
  | 'home'
  | 'clock'
  | 'worker'
  | 'actions'
>

/** A drive that is away is no reason not to change how its files are treated. */
const FOLDER_IS_AWAY: ReadonlySet<RuleErrorCode> = new Set([
  'rule-folder-missing',
  'rule-folder-forbidden',
])

export function ruleHandlers(parts: RuleParts): Pick<Handlers, keyof typeof RULE_CHANNELS> {
  const { rules, watching, previews, undo, account, destinations } = parts
  const view = (rule: WatchRule) =>
    ruleView(rule, {
      nameOf: destinations.nameOf,
      linkOf: ({ destination, account: whose }) =>
        destinationLink(destination, account.brandFor(whose)),
    })
  return {
    'rules.list': () => ({
      rules: watching.rules.map((rule) => ({ ...view(rule), standing: watching.standingOf(rule) })),
      revision: watching.revision,
    }),
    async 'rules.save'({ id, rule: wishes }) {
      const before = id === null ? undefined : rules.get(id)
      const saved = await save(parts, id, wishes)
      if (saved.kind === 'refused') return saved
      watching.reload()
      if (before !== undefined) await handOver(parts, before, saved.rule)
      return { ...saved, rule: view(saved.rule) }
    },
    'rules.remove'({ id, forget }) {
      const index = rules.list().findIndex((rule) => rule.id === id)
      const removed = rules.remove(id)
      if (removed === undefined) throw new TransferError('rule-unknown', { detail: id })
      watching.reload()
      const takeBack = () => {
        const isRestored = rules.restore(removed, index)
        watching.reload()
        return isRestored ? 1 : 0
      }
      const taken = undo.add(takeBack, () => {
        if (forget) forgetFiles(parts.stores, removed.folder, removed.destination)
      })
      return { undo: taken }
    },
    'rules.set-enabled'({ id, enabled }) {
      const rule = rules.update(id, { enabled })
      if (rule === undefined) throw new TransferError('rule-unknown', { detail: id })
      watching.reload()
      return { enabled: rule.enabled }
    },
    async 'rules.confirm'({ id }) {
      const rule = ruleOf(rules, id)
      await parts.surroundings.admit(rule.folder)
      await confirmFolder(rules, rule, parts.home)
      watching.reload()
      return {}
    },
    'rules.follow-steps'({ id, offset, limit }) {
      ruleOf(rules, id)
      const steps = parts.stores.follow.steps(id).filter(isPendingStep)
      return {
        stop: parts.stores.follow.record(id)?.stop ?? null,
        total: steps.length,
        steps: steps.slice(offset, offset + limit),
      }
    },
    'rules.approve'({ id }) {
      approveRule(rules, ruleOf(rules, id), parts.clock.nowMs())
      watching.reload()
      return {}
    },
    'rules.stop-following'({ id }) {
      const rule = rules.update(id, { follow: false })
      if (rule === undefined) throw new TransferError('rule-unknown', { detail: id })
      watching.reload()
      return {}
    },
    'rules.scan-now'({ id }) {
      ruleOf(rules, id)
      watching.scan(id)
      return {}
    },
    async 'rules.preview'({ previewId, rule, offset, limit }) {
      const folder = await admitted(parts, rule.folder)
      const unusable = await whyUnusable(folder)
      if (unusable !== undefined) throw new TransferError(unusable, { detail: folder })
      const maximumBytes = rule.maximumBytes ?? undefined
      return previews.ask(previewId, { ...rule, folder, maximumBytes }, { offset, limit })
    },
    'rules.problems'({ id, offset, limit }) {
      const rule = ruleOf(rules, id)
      const { refused, waiting } = watching.problemsOf(id)
      const problems: RequestOutput<'rules.problems'>['problems'] = [
        ...[...refused, ...missingOf(parts, rule)].map(({ path, error }) => ({
          kind: 'refused' as const,
          path,
          error,
        })),
        ...waiting.map(({ path, reason, sinceMs }) => ({
          kind: 'waiting' as const,
          path: resolve(rule.folder, path),
          reason,
          sinceMs,
        })),
      ]
      return { total: problems.length, problems: problems.slice(offset, offset + limit) }
    },
  }
}

/** Files that a listing no longer had, as far as the rule leaves them to the person. */
function missingOf({ stores }: RuleParts, { folder, destination, onVanished }: WatchRule) {
  if (onVanished === 'again') return []
  return stores.copies.missing(folder, destination).map(({ path, missedAtMs }) => ({
    path,
    error: errorInfo(new TransferError('copy-vanished', { detail: path }), missedAtMs ?? 0),
  }))
}

type Refusal = Extract<RequestOutput<'rules.save'>, { kind: 'refused' }>
type Saved = Omit<Extract<RequestOutput<'rules.save'>, { kind: 'saved' }>, 'rule'> & {
  readonly rule: WatchRule
}

async function save(
  parts: RuleParts,
  id: string | null,
  wishes: RuleInput,
): Promise<Refusal | Saved> {
  const { rules, clock, home, destinations } = parts
  const before = id === null ? undefined : ruleOf(rules, id)
  const account = accountFor(parts, wishes.account, before)
  const destination = destinations.meantBy(wishes.destination, account)
  if (destination.kind === 'file') throw new TransferError('one-file-only')
  demandPlaceForDocuments(destination, wishes)
  demandFolderForFollowing(destination, wishes)
  const folder = await admitted(parts, wishes.folder)
  const nowMs = clock.nowMs()
  const wished = wishedRule({ ...wishes, folder }, destination, {
    id: before?.id ?? '',
    account,
    createdAtMs: before?.createdAtMs ?? nowMs,
    followApprovedAtMs: before?.followApprovedAtMs,
    realFolder: before?.folder === folder ? before.realFolder : undefined,
  })
  const { rule, problems } = await fitRule(wished, {
    others: rules.list(),
    home,
    isNoticingSaid: wishes.noticing !== null,
  })
  const isWhereItWas = before?.folder === rule.folder
  const fatal = problems.filter(
    ({ isFatal, code }) => isFatal && !(isWhereItWas && FOLDER_IS_AWAY.has(code)),
  )
  const viewOf = ({ code, detail }: RuleProblem) =>
    errorInfo(new TransferError(code, { detail }), nowMs)
  if (fatal.length > 0) {
    const refused = fatal.map((problem) => ({ field: 'folder' as const, error: viewOf(problem) }))
    return { kind: 'refused', problems: refused }
  }
  const { id: _, createdAtMs: __, ...stored } = rule
  const saved = before && rules.replace(before.id, stored, nowMs)
  destinations.used(destination)
  const warnings = problems.filter(({ isFatal }) => !isFatal).map(viewOf)
  return { kind: 'saved', rule: saved ?? rules.add(stored, nowMs), warnings }
}

/**
 * Returns the account a rule is to have: any that is signed in, or its present one.
 * @throws `account-unknown`
 */
function accountFor(
  { account, worker }: RuleParts,
  wished: string | null,
  before: WatchRule | undefined,
): string | undefined {
  if (wished === null) return before === undefined ? worker.connection?.identity : before.account
  const isKnown = account.members().some(({ identity }) => identity === wished)
  if (!isKnown && wished !== before?.account) {
    throw new TransferError('account-unknown', { detail: wished })
  }
  return wished
}

/** Hands what waits for a signed-out account over, with the rule, to the rule's new account. */
async function handOver(
  { actions, account }: RuleParts,
  before: WatchRule,
  { account: to }: WatchRule,
): Promise<void> {
  const from = before.account
  if (from === undefined || to === undefined || from === to) return
  if (account.members().some(({ identity }) => identity === from)) return
  await actions.handOver(from, to, (transfer) => isOf(before, transfer))
}

/** A folder that is watched already was admitted before, and may be away at present. */
async function admitted({ rules, surroundings }: RuleParts, folder: string): Promise<string> {
  if (!isAbsolute(folder)) throw new TransferError('folder-not-allowed', { detail: folder })
  if (rules.list().some((rule) => rule.folder === folder)) return folder
  return surroundings.admit(folder)
}

/** @throws TransferError `rule-unknown` */
function ruleOf(rules: RuleStore, id: string): WatchRule {
  const rule = rules.get(id)
  if (rule === undefined) throw new TransferError('rule-unknown', { detail: id })
  return rule
}
