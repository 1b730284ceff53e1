import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'

describe('parseBaseUrl', () => {
  it.each([
    [undefined, 'https://open.feishu.cn', '', false],
    ['https://open.larksuite.com/', 'https://open.larksuite.com', '', false],
    ['https://open.feishu.cn/open-apis/', 'https://open.feishu.cn', '', false],
    [
      'https://gateway.corp.example:8443/feishu//',
      'https://gateway.corp.example:8443',
      '/feishu',
      false,
    ],
    [
      'https://gateway.corp.example/feishu/open-apis',
      'https://gateway.corp.example',
      '/feishu',
      false,
    ],
    [' http://127.0.0.1:8080 ', 'http://127.0.0.1:8080', '', true],
    ['http://127.9.8.7', 'http://127.9.8.7', '', true],
    ['http://127.1', 'http://127.0.0.1', '', true],
    ['http://[::1]:9', 'http://[::1]:9', '', true],
    ['http://localhost:3000/x', 'http://localhost:3000', '/x', true],
    ['https://localhost', 'https://localhost', '', true],
  ])('takes %s', (text, origin, prefix, loopback) => {
    expect(parseBaseUrl(text)).toMatchObject({ origin, prefix, loopback })
  })

  it.each([
    'http://open.feishu.cn',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://128.0.0.1',
    'http://[::2]',
    'http://0.0.0.0',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'open.feishu.cn',
    '//open.feishu.cn',
    '',
    'https://',
    'https://open.feishu.cn/?x=1',
    'https://open.feishu.cn/#x',
    'https://user@open.feishu.cn',
    'https://user:hunter22@open.feishu.cn',
    'https://:hunter22@',
  ])('refuses %s', (text) => {
    expect(() => parseBaseUrl(text)).toThrow(expect.objectContaining({ code: 'base-url-insecure' }))
    try {
      parseBaseUrl(text)
    } catch (error) {
      expect(inspect(error, { depth: 9 })).not.toContain('hunter22')
    }
  })
})
