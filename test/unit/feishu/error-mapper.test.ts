import { inspect } from 'node:util'
import { errors } from 'undici'
import { describe, expect, it } from 'vitest'
import { errorFromSocket } from '#main/feishu/http/error-mapper.ts'
import { ProxyFailure } from '#main/feishu/http/proxy-failure.ts'
import { createRedactor } from '#main/lib/redact.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

const withCode = (code: string) =>
  Object.assign(new Error(`connect ${code} 10.0.0.1:443`), { code })

function map(cause: unknown, neverArrived = true) {
  const facts = { endpoint: 'drive/v1/files/upload_part', seq: 4, neverArrived }
  return errorFromSocket(cause, facts, createRedactor())
}

describe('errorFromSocket', () => {
  it.each<[Error, string]>([
    ...(
      [
        ['ENOTFOUND', 'dns-failed'],
        ['EAI_AGAIN', 'dns-failed'],
        ['ECONNREFUSED', 'connection-refused'],
        ['EHOSTUNREACH', 'connection-refused'],
        ['ENETUNREACH', 'connection-refused'],
        ['ECONNRESET', 'connection-lost'],
        ['ECONNABORTED', 'connection-lost'],
        ['EPIPE', 'connection-lost'],
        ['ETIMEDOUT', 'connection-lost'],
        ['ENETDOWN', 'connection-lost'],
        ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted'],
        ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-untrusted'],
        ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-untrusted'],
        ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-untrusted'],
        ['CERT_HAS_EXPIRED', 'tls-untrusted'],
        ['CERT_NOT_YET_VALID', 'tls-untrusted'],
        ['CERT_REVOKED', 'tls-untrusted'],
        ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-untrusted'],
        ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-untrusted'],
        ['EPROTO', 'tls-untrusted'],
      ] as const
    ).map(([errno, code]): [Error, string] => [withCode(errno), code]),
    [new errors.ConnectTimeoutError(), 'connection-refused'],
    [new errors.SocketError('other side closed'), 'connection-lost'],
    [new errors.ClientDestroyedError(), 'connection-lost'],
    [new errors.ClientClosedError(), 'connection-lost'],
    [new errors.HeadersOverflowError(), 'bad-response'],
    [new errors.ResponseContentLengthMismatchError(), 'bad-response'],
    [new errors.HTTPParserError('Expected HTTP/'), 'bad-response'],
    [new errors.InvalidArgumentError('invalid path'), 'internal'],
    [new errors.RequestContentLengthMismatchError(), 'internal'],
    [new TypeError('x is not a function'), 'internal'],
    [new ProxyFailure({ status: 407 }), 'proxy-refused'],
    [new ProxyFailure({ status: 502 }), 'proxy-refused'],
    [new ProxyFailure({ isRefusal: true, cause: new Error('no') }), 'proxy-refused'],
    [new ProxyFailure({ cause: withCode('ECONNREFUSED') }), 'connection-refused'],
    [new ProxyFailure({ cause: withCode('ENOTFOUND') }), 'dns-failed'],
    [new ProxyFailure({ cause: new errors.SocketError('other side closed') }), 'connection-lost'],
    [new ProxyFailure({ cause: withCode('SELF_SIGNED_CERT_IN_CHAIN') }), 'tls-untrusted'],
    [
      Object.assign(new AggregateError([withCode('ECONNREFUSED')], ''), { code: 'ECONNREFUSED' }),
      'connection-refused',
    ],
  ])('takes %s for %s', (cause, code) => {
    const error = map(cause)
    expect(error.code).toBe(code)
    expect(error.context).toMatchObject({
      endpoint: 'drive/v1/files/upload_part',
      seq: 4,
      neverArrived: true,
    })
    expect(error.context.detail).not.toBe('')
  })

  it('takes a TLS error for a lost connection once the connection is in use', () => {
    expect(map(withCode('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'), false).code).toBe(
      'connection-lost',
    )
  })

  it('says nothing about arrival when the request may have arrived', () => {
    expect(map(withCode('ECONNRESET'), false).context).not.toHaveProperty('neverArrived')
  })

  it('keeps the status a proxy answered with', () => {
    expect(map(new ProxyFailure({ status: 407 })).context.httpStatus).toBe(407)
  })

  it('lets a TransferError pass', () => {
    const error = new TransferError('disk-full')
    expect(map(error)).toBe(error)
  })

  it.each(['text', undefined, null, 7])('makes something of %s too', (thrown) => {
    expect(map(thrown).code).toBe('internal')
  })

  it('keeps nothing that was attached to the cause', () => {
    const cause = withCode('ECONNREFUSED')
    const attached = {
      options: { headers: { authorization: 'Bearer hunter22' } },
      cause: new Error('hunter22'),
    }
    const redactor = createRedactor()
    redactor.hide('hunter22')
    const facts = { endpoint: 'x', neverArrived: true }
    const error = errorFromSocket(Object.assign(cause, attached), facts, redactor)
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter22')
  })
})
