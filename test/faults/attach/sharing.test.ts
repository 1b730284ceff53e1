/** A file is shared when the person has access to it, whatever a refusal seems to say. */
import { expect, it, type TestContext } from 'vitest'
import type { Credentials } from '#main/feishu/credentials.ts'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { openScene } from '#test/kit/feidi/scene.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'

async function begin(test: TestContext) {
  const scene = await openScene(test, { rate: 'off' })
  const file = await scene.write('a.txt', 50)
  const { simulator } = scene
  const share = (shareWith: string, credentials?: Credentials) =>
    work({
      baseUrl: simulator.baseUrl,
      home: scene.home,
      paths: [file.path],
      to: scene.to,
      handling: { shareWith },
      ...(credentials && { credentials }),
      clock: fastClock(simulator, 400),
    })
  const token = () => simulator.files()[0]?.token ?? ''
  return { scene, simulator, file, share, token }
}

it('that nothing was shared is said, and the file is not sent again for it', async (test) => {
  const { scene, simulator, file, share, token } = await begin(test)
  simulator.keepOut('ou_1')
  const refused = await share('ou_1')
  expect(refused.stateOf(file.path)).toMatchObject({ kind: 'failed', error: { code: 1063003 } })
  expect(simulator.members(token())).toEqual([])
  const other = await share('ou_2')
  expect(other.stateOf(file.path)).toMatchObject({ kind: 'done' })
  expect(simulator.members(token()).map(({ memberId }) => memberId)).toEqual(['ou_2'])
  await expectOnce(simulator, scene.folderToken, file)
  expect(simulator.callsTo('files/upload_all')).toHaveLength(1)
})

it.for(['ou_1', 'li@example.com'])(
  '%s, who has access already, is no failure',
  async (member, test) => {
    const { simulator, file, share, token } = await begin(test)
    // The person has it, and Feishu says so with the code of those who do not.
    simulator.faults.add({
      endpoint: 'permissions/create_member',
      do: { kind: 'late-error', status: 400, code: 1063003 },
    })
    expect((await share(member)).stateOf(file.path)).toMatchObject({ kind: 'done' })
    expect(simulator.members(token())).toHaveLength(1)
  },
)

it('nobody needs to be given what is theirs', async (test) => {
  const { simulator, file, share } = await begin(test)
  const accessToken = simulator.issueUserToken({ user: 'ou_me' })
  const shared = await share('ou_me', { kind: 'access-token', accessToken })
  expect(shared.stateOf(file.path)).toMatchObject({ kind: 'done' })
})

it('who may not look says that nothing was shared', async (test) => {
  const { simulator, file, share } = await begin(test)
  const scopes = ['drive:file:upload', 'space:document:retrieve', 'docs:permission.member:create']
  simulator.registerApp('cli_demo', 'demo-secret', { scopes })
  simulator.keepOut('ou_1')
  const { stateOf } = await share('ou_1')
  expect(stateOf(file.path)).toMatchObject({ kind: 'failed', error: { code: 1063003 } })
})
