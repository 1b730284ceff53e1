import { describe, expect, it } from 'vitest'
import { setUp } from './fixture.ts'

describe('files/download', () => {
  it('gives a part of a file, shorter at its end, and says how big it is', async () => {
    const { simulator, client } = await setUp()
    const token = await simulator.addFile({ name: 'a', bytes: Buffer.from('0123456789') })
    const range = async (text: string) => {
      const url = `${simulator.baseUrl}/open-apis/drive/v1/files/${token}/download`
      const headers = { authorization: `Bearer ${client.token}`, range: `bytes=${text}` }
      const answer = await fetch(url, { headers })
      return [answer.status, await answer.text(), answer.headers.get('content-range')]
    }
    expect(await range('0-3')).toEqual([206, '0123', 'bytes 0-3/10'])
    expect(await range('8-20')).toEqual([206, '89', 'bytes 8-9/10'])
    simulator.setAccess(token, 'none')
    expect((await range('0-3'))[0]).toBe(403)
  })
})
