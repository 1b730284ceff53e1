import { describe, expect, it } from 'vitest'
import { systemProxy } from '#main/app/system-proxy.ts'

const FEISHU = 'https://open.feishu.cn'

describe('systemProxy', () => {
  it.each([
    ['nothing in the way', 'DIRECT', {}],
    ['a proxy', 'PROXY proxy.corp:3128', { HTTPS_PROXY: 'http://proxy.corp:3128' }],
    ['one that is spoken to in private', 'HTTPS p:443', { HTTPS_PROXY: 'https://p:443' }],
    ['the first of several', 'PROXY a:1; PROXY b:2; DIRECT', { HTTPS_PROXY: 'http://a:1' }],
    ['SOCKS 5', 'SOCKS5 s:1080; PROXY b:2', { HTTPS_PROXY: 'socks5h://s:1080' }],
    ['SOCKS 4', 'SOCKS s:1080; DIRECT', { HTTPS_PROXY: 'socks4://s:1080' }],
    ['one after a kind of tomorrow', 'QUIC q:443; PROXY b:2', { HTTPS_PROXY: 'http://b:2' }],
    ['nonsense', ';;', {}],
  ])('%s', async (_what, answer, environment) => {
    expect(await systemProxy(FEISHU, {}, async () => answer)).toEqual(environment)
  })

  it('goes by the environment first, and by it alone where the system can not be asked', async () => {
    for (const name of ['https_proxy', 'ALL_PROXY']) {
      const environment = { [name]: 'http://env:1', NO_PROXY: 'a' }
      expect(await systemProxy(FEISHU, environment, async () => 'PROXY p:1')).toBe(environment)
    }
    expect(await systemProxy(FEISHU, { NO_PROXY: 'a' }, undefined)).toEqual({ NO_PROXY: 'a' })
  })
})
