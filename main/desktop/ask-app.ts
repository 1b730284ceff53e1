import type { App } from '#main/app/open-app.ts'
import type { RequestChannel, RequestInput, RequestOutput } from '#shared/contract/contract.ts'

/** Asks the application as a page does. @throws Error naming the code it was refused with */
export type AskApp = <C extends RequestChannel>(
  channel: C,
  input: RequestInput<C>,
) => Promise<RequestOutput<C>>

export function askApp(app: Pick<App, 'answer'>): AskApp {
  return async (channel, input) => {
    const answer = await app.answer(channel, input)
    if (!answer.ok) throw new Error(`${channel}: ${answer.error.code}`)
    // The application has cut it to what the contract names for this channel.
    return answer.value as RequestOutput<typeof channel>
  }
}
