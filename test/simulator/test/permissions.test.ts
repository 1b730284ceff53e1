import { describe, expect, it } from 'vitest'
import { setUp } from './fixture.ts'

const MEMBER = { member_type: 'openid', member_id: 'ou_1', perm: 'full_access' }

async function setUpFile() {
  const { simulator, client } = await setUp()
  const token = await simulator.addFile({ name: 'a.pdf' })
  const members = `/drive/v1/permissions/${token}/members`
  return {
    simulator,
    client,
    token,
    members,
    add: (change: object = {}, type = 'file') =>
      client.json(`${members}?type=${type}`, { ...MEMBER, ...change }),
    may: async (action: string, type = 'file') =>
      (await client.get(`${members}/auth?type=${type}&action=${action}`)).data['auth_result'],
  }
}

describe('members of a file', () => {
  it('are added and listed', async () => {
    const { simulator, client, token, members, add } = await setUpFile()
    expect((await add()).data).toMatchObject({ member: MEMBER })
    expect((await client.get(`${members}?type=file`)).data).toMatchObject({ items: [MEMBER] })
    expect(simulator.members(token)).toEqual([
      { memberType: 'openid', memberId: 'ou_1', perm: 'full_access' },
    ])
  })

  it('are added once, and not for less than they have', async () => {
    const { simulator, token, add } = await setUpFile()
    await add({ perm: 'edit' })
    expect((await add()).code).toBe(0)
    expect((await add()).code).toBe(0)
    expect(await add({ perm: 'view' })).toMatchObject({ status: 400, code: 1063003 })
    expect(simulator.members(token)).toMatchObject([{ perm: 'full_access' }])
  })

  it('are refused with the same code when they are out of reach, and have nothing then', async () => {
    const { simulator, token, add } = await setUpFile()
    simulator.keepOut('ou_1')
    expect(await add()).toMatchObject({ status: 400, code: 1063003 })
    expect(simulator.members(token)).toEqual([])
  })

  it.each([
    [{ member_type: 'name' }, 'file'],
    [{ perm: 'owner' }, 'file'],
    [{ member_id: '' }, 'file'],
    [{}, 'docx'],
    [{}, ''],
    [{ other: 1 }, 'file'],
  ])('are refused: %j for type %s', async (change, type) => {
    const { add } = await setUpFile()
    expect(await add(change, type)).toMatchObject({ status: 400, code: 1063001 })
  })

  it('are refused to those who may not manage it, and to a file that is gone', async () => {
    const { simulator, token, add } = await setUpFile()
    simulator.setAccess(token, 'edit')
    expect(await add()).toMatchObject({ status: 403, code: 1063002 })
    simulator.removeNode(token)
    expect(await add()).toMatchObject({ status: 404, code: 1063005 })
  })

  it('do not include its owner', async () => {
    const { simulator, client } = await setUpFile()
    client.token = simulator.issueUserToken({ user: 'ou_me' })
    const token = String((await client.uploadAll(Buffer.from('a'))).data['file_token'])
    const path = `/drive/v1/permissions/${token}/members?type=file`
    expect((await client.json(path, { ...MEMBER, member_id: 'ou_me' })).code).toBe(1063003)
  })
})

describe('the question what one may do', () => {
  it('is answered for files, folders, documents and wiki nodes', async () => {
    const { simulator, token, client, may } = await setUpFile()
    expect(await may('edit')).toBe(true)
    simulator.setAccess(token, 'view')
    expect([await may('view'), await may('edit'), await may('share')]).toEqual([true, false, false])
    const base = simulator.addBase()
    simulator.addWikiNode({ token: 'wik1', objType: 'bitable', objToken: base.token })
    for (const [each, type] of [
      [base.token, 'bitable'],
      ['wik1', 'wiki'],
    ]) {
      const path = `/drive/v1/permissions/${each}/members/auth?type=${type}&action=edit`
      expect((await client.get(path)).data).toEqual({ auth_result: true })
    }
  })

  it('is answered for a file as for its folder', async () => {
    const { simulator, client } = await setUp()
    const folder = simulator.createFolder('', '资料')
    const token = await simulator.addFile({ parentToken: folder, name: 'a' })
    simulator.setAccess(folder, 'view', 'app:cli_demo')
    const path = `/drive/v1/permissions/${token}/members/auth?type=file`
    expect((await client.get(`${path}&action=edit`)).data).toEqual({ auth_result: false })
    expect((await client.get(`${path}&action=fly`)).code).toBe(1063001)
    const ofFolder = `/drive/v1/permissions/${folder}/members/auth?type=folder&action=edit`
    expect((await client.get(ofFolder)).code).toBe(1063001)
    client.token = simulator.issueUserToken()
    expect((await client.get(`${path}&action=edit`)).data).toEqual({ auth_result: true })
  })
})
