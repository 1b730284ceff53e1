import type { z } from 'zod'
import {
  type Answer,
  isRequestChannel,
  REQUESTS,
  type RequestChannel,
  type RequestInput,
  type RequestOutput,
} from '#shared/contract/contract.ts'
import { infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'

/** A host's handler for each channel. `caller`: the signed-in browser that asks, where there are several. */
export type Handlers = {
  readonly [C in RequestChannel]: (
    input: RequestInput<C>,
    caller?: string,
  ) => RequestOutput<C> | Promise<RequestOutput<C>>
}

export interface AnswerOptions {
  readonly nowMs: () => number
  /** Told of faults of ours; a page only learns that there was one. */
  readonly onFault: (channel: string, error: unknown) => void
}

/**
 * The border every request crosses, whatever carried it: an unknown channel or an input that does not
 * fit is refused before anything happens, and nothing leaves that the contract does not name.
 * Never rejects.
 */
export async function answer(
  handlers: Handlers,
  channel: unknown,
  input: unknown,
  { nowMs, onFault }: AnswerOptions,
  caller?: string,
): Promise<Answer<unknown>> {
  try {
    if (!isRequestChannel(channel)) throw invalid('no such channel')
    const schemas: { input: z.ZodType; output: z.ZodType } = REQUESTS[channel]
    const checked = schemas.input.safeParse(input)
    if (!checked.success) throw invalid(whatIsWrong(checked.error))
    // The map ties each handler to the schemas of its channel; the compiler can not follow the index.
    const handle = handlers[channel] as (input: unknown, caller?: string) => unknown
    return { ok: true, value: schemas.output.parse(await handle(checked.data, caller)) }
  } catch (error) {
    if (!(error instanceof TransferError)) onFault(String(channel).slice(0, 64), error)
    return { ok: false, error: infoOfThrown(error, nowMs()) }
  }
}

function invalid(detail: string): TransferError {
  return new TransferError('request-invalid', { detail })
}

/** Names the fields, never their values: a secret may be among them. */
function whatIsWrong(error: z.ZodError): string {
  const fields = error.issues.slice(0, 5).map(({ path, code }) => {
    const field = path.map((step) => String(step).slice(0, 32)).join('.')
    return field === '' ? code : `${field}: ${code}`
  })
  return fields.join('; ')
}
