/**
 * The one interface between a page and whatever hosts it: what can be asked (each request a channel
 * with a schema for what goes in and one for what comes out) and what is told without asking
 * (`live-state.ts`). The desktop carries it over Electron IPC, `feidi serve` over HTTP and WebSocket.
 * There is no other way in.
 */
import type { z } from 'zod'
import type { ErrorInfo } from '../model/error-info.ts'
import { ACCOUNT_CHANNELS } from './account-channels.ts'
import { ALERT_CHANNELS } from './alert-channels.ts'
import { APP_CHANNELS } from './app-channels.ts'
import { BROWSE_CHANNELS } from './browse-channels.ts'
import { DEVICE_CHANNELS } from './device-channels.ts'
import { DIAGNOSTICS_CHANNELS } from './diagnostics-channels.ts'
import { HISTORY_CHANNELS } from './history-channels.ts'
import type { LiveEvent } from './live-state.ts'
import { NETWORK_CHANNELS } from './network-channels.ts'
import { PLACE_CHANNELS } from './place-channels.ts'
import { PORTABLE_CHANNELS } from './portable-channels.ts'
import { QUEUE_CHANNELS } from './queue-channels.ts'
import { RULE_CHANNELS } from './rule-channels.ts'
import { TRANSFER_CHANNELS } from './transfer-channels.ts'
import { UPDATE_CHANNELS } from './update-channels.ts'

/** Every request, by channel. */
export const REQUESTS = {
  ...QUEUE_CHANNELS,
  ...TRANSFER_CHANNELS,
  ...PLACE_CHANNELS,
  ...BROWSE_CHANNELS,
  ...HISTORY_CHANNELS,
  ...RULE_CHANNELS,
  ...ACCOUNT_CHANNELS,
  ...APP_CHANNELS,
  ...NETWORK_CHANNELS,
  ...DEVICE_CHANNELS,
  ...PORTABLE_CHANNELS,
  ...DIAGNOSTICS_CHANNELS,
  ...ALERT_CHANNELS,
  ...UPDATE_CHANNELS,
} as const

export type RequestChannel = keyof typeof REQUESTS
export type RequestInput<C extends RequestChannel> = z.output<(typeof REQUESTS)[C]['input']>
export type RequestOutput<C extends RequestChannel> = z.output<(typeof REQUESTS)[C]['output']>

/** Checks whether a text names a channel; inherited names like `constructor` do not. */
export function isRequestChannel(name: unknown): name is RequestChannel {
  return typeof name === 'string' && Object.hasOwn(REQUESTS, name)
}

/** An answer as it is transported: errors are values, because a class would not survive the way. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorInfo }

/**
 * The bridge of a page: the preload script puts it on `window.feidi`; in a browser the page makes
 * its own.
 */
export interface FeidiBridge {
  /** Never rejects: a lost connection is an answer with an error as well. */
  request<C extends RequestChannel>(
    channel: C,
    input: RequestInput<C>,
  ): Promise<Answer<RequestOutput<C>>>
  /**
   * Events from now on, a snapshot leading; after a lost connection another snapshot follows.
   * @returns ends the subscription
   */
  subscribe(listener: (event: LiveEvent) => void): () => void
  /**
   * Returns the path of a dropped or pasted file; empty for one without a path. Only the desktop
   * knows it: a browser keeps it to itself, and its files are sent (`POST /upload`).
   */
  pathOf?(file: File): string
}
