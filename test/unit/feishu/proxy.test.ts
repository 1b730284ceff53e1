import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readProxy } from '#main/feishu/http/proxy.ts'
import { explain } from '#shared/errors/explain.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'

describe('the address of a proxy', () => {
  it.each([
    ['#', 'http://joe:hunter22#x@proxy:80', '# → %23'],
    ['/', 'http://joe:hunter22/x@proxy:80', '/ → %2F'],
    ['?', 'http://joe:hunter22?x@proxy:80', '? → %3F'],
    ['a backslash', 'http://joe:hunter22\\x@proxy:80', '\\ → %5C'],
    ['a stray %', 'http://joe:hunter22%@proxy:80', '% → %25'],
    ['a stray % before other letters', 'http://joe:hunter22%zz@proxy:80', '% → %25'],
    ['bytes that are no text', 'http://joe:hunter22%ff@proxy:80', '% → %25'],
    ['# and / before an @', 'http://joe:hunter22#/@x@proxy:80', '# → %23, / → %2F'],
    ['digits only before the #', 'http://joe:22#hunter22@proxy:80', '# → %23'],
    ['a user with /', 'http://corp/joe:hunter22@proxy:80', '/ → %2F'],
    ['no scheme', 'joe:hunter22#x@proxy:80', '# → %23'],
    ['a // of its own', 'joe:hunter22://x@proxy:80', '/ → %2F'],
    ['a scheme in capitals', 'HTTP://joe:hunter22?x@proxy:80', '? → %3F'],
  ])('with %s in its login says how to write it', (_what, address, detail) => {
    const error = failureOf(address)
    expect(error).toMatchObject({ code: 'proxy-unescaped', context: { detail } })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter22')
    const { message, remedy } = explain(errorInfo(error, 0), 'en')
    expect(`${message} ${remedy}`).toContain(detail)
  })

  it.each(['http://proxy:80/proxy.pac', 'http://proxy:80#x', 'http://proxy:80?x=1'])(
    'can not be %s, which is more than an address',
    (address) => expect(failureOf(address)).toMatchObject({ code: 'proxy-invalid' }),
  )

  it.each([
    ['http://joe:p%23%2F%3F%25@proxy:80/', 'p#/?%'],
    ['http://joe:p@ss@proxy:80', 'p@ss'],
    ['joe:pass@proxy:80', 'pass'],
  ])('may be %s', (address, password) => {
    const { url = '', secrets } = readProxy({ HTTPS_PROXY: address }) ?? {}
    expect(new URL(url)).toMatchObject({ hostname: 'proxy', username: 'joe' })
    expect(secrets).toContain(password)
  })
})

function failureOf(address: string): TransferError {
  try {
    readProxy({ HTTPS_PROXY: address })
  } catch (error) {
    if (error instanceof TransferError) return error
    throw error
  }
  throw new Error('the address was taken')
}
