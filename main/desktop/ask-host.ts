import type { FeidiHost } from '#main/app/host.ts'
import type { RequestChannel, RequestInput, RequestOutput } from '#shared/contract/contract.ts'

/** Asks the host as a page does. @throws Error naming the code it was refused with */
export type AskHost = <C extends RequestChannel>(
  channel: C,
  input: RequestInput<C>,
) => Promise<RequestOutput<C>>

export function askHost(host: Pick<FeidiHost, 'answer'>): AskHost {
  return async (channel, input) => {
    const answer = await host.answer(channel, input)
    if (!answer.ok) throw new Error(`${channel}: ${answer.error.code}`)
    // The host has cut it to what the contract names for this channel.
    return answer.value as RequestOutput<typeof channel>
  }
}
