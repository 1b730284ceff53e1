/** The actions on a watched folder, wherever they are requested: keys, menus, buttons. */

import { bridge } from '../../data/bridge.ts'
import { say } from '../../data/text.ts'
import { copyText, openLink, toastError } from '../../ui/feedback.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { toast } from '../../ui/toasts.tsx'
import type { ListedRule } from './use-rules.ts'

export interface RuleWays {
  readonly onEdit: (rule: ListedRule) => void
  readonly onProblems: (rule: ListedRule) => void
  /** The changes it is going to make in Feishu. */
  readonly onFollow: (rule: ListedRule) => void
  /** Its files, on another screen. */
  readonly onFiles: (rule: ListedRule, where: 'queue' | 'history') => void
}

/** The last name of a path, which is what people call a folder. */
export function folderName(folder: string): string {
  return folder.split(/[\\/]/).findLast((name) => name !== '') ?? folder
}

export async function setEnabled({ id, folder }: ListedRule, enabled: boolean): Promise<void> {
  const answer = await bridge.request('rules.set-enabled', { id, enabled })
  if (!answer.ok) toastError(answer.error)
  else toast(say(enabled ? 'ruleResumed' : 'rulePaused', { name: folderName(folder) }))
}

export async function scanNow({ id, folder }: ListedRule): Promise<void> {
  const answer = await bridge.request('rules.scan-now', { id })
  if (!answer.ok) toastError(answer.error)
  else toast(say('ruleScanning', { name: folderName(folder) }))
}

/** The folder that is there now is the one that is meant. */
export async function confirmFolder({ id, folder }: ListedRule): Promise<void> {
  const answer = await bridge.request('rules.confirm', { id })
  if (!answer.ok) toastError(answer.error)
  else toast(say('ruleResumed', { name: folderName(folder) }))
}

/** A person agrees to all that the rule means to do in Feishu by now. */
export async function approveFollowing({ id, folder }: ListedRule): Promise<void> {
  const answer = await bridge.request('rules.approve', { id })
  if (!answer.ok) toastError(answer.error)
  else toast(say('followApproved', { name: folderName(folder) }))
}

export async function stopFollowing({ id, folder }: ListedRule): Promise<void> {
  const answer = await bridge.request('rules.stop-following', { id })
  if (!answer.ok) toastError(answer.error)
  else toast(say('followIsOff', { name: folderName(folder) }))
}

/** @param forget what was uploaded by it is no longer known */
export async function removeRule({ id, folder }: ListedRule, forget = false): Promise<void> {
  const answer = await bridge.request('rules.remove', { id, forget })
  if (!answer.ok) {
    toastError(answer.error)
    return
  }
  const { undo } = answer.value
  const takeBack = undo && {
    label: say('undo'),
    run: () => void bridge.request('queue.undo', { token: undo.token }),
  }
  const words = forget ? 'ruleRemovedForgotten' : 'ruleRemoved'
  toast(say(words, { name: folderName(folder) }), takeBack ?? undefined)
}

/** Returns the menu of a watched folder. */
export function ruleMenu(rule: ListedRule, ways: RuleWays): MenuItem[][] {
  const { enabled, destinationLink: link } = rule
  const changes: MenuItem[] = [
    {
      id: 'edit',
      label: say('ruleEdit'),
      icon: 'settings',
      keys: 'Enter',
      onSelect: () => ways.onEdit(rule),
    },
    {
      id: 'enabled',
      label: enabled ? say('pause') : say('resume'),
      icon: enabled ? 'pause' : 'play',
      keys: say('keySpace'),
      onSelect: () => void setEnabled(rule, !enabled),
    },
    ...(enabled
      ? [
          {
            id: 'scan',
            label: say('ruleScanNow'),
            icon: 'retry' as const,
            keys: 'R',
            onSelect: () => void scanNow(rule),
          },
        ]
      : []),
  ]
  const files: MenuItem[] = [
    {
      id: 'queue',
      label: say('ruleQueue'),
      icon: 'queue',
      onSelect: () => ways.onFiles(rule, 'queue'),
    },
    {
      id: 'history',
      label: say('ruleHistory'),
      icon: 'history',
      onSelect: () => ways.onFiles(rule, 'history'),
    },
    {
      id: 'problems',
      label: say('ruleProblems'),
      icon: 'info',
      onSelect: () => ways.onProblems(rule),
    },
  ]
  const places: MenuItem[] = [
    ...(link === null
      ? []
      : [
          {
            id: 'open',
            label: say('openInFeishu'),
            icon: 'external' as const,
            onSelect: () => openLink(link),
          },
        ]),
    {
      id: 'path',
      label: say('copyPath'),
      icon: 'copy',
      onSelect: () => void copyText(rule.folder),
    },
  ]
  const remove: MenuItem = {
    id: 'remove',
    label: say('ruleRemove'),
    icon: 'close',
    keys: 'Delete',
    danger: true,
    onSelect: () => void removeRule(rule),
  }
  const forget: MenuItem = {
    id: 'forget',
    label: say('ruleRemoveForget'),
    icon: 'close',
    danger: true,
    onSelect: () => void removeRule(rule, true),
  }
  return [changes, files, places, [remove, forget]]
}
