/** Uploads are checked against their receipts, and receipts passed on. */
import { rm, writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { openScene } from '#test/kit/feidi/scene.ts'

it('verifies uploads by path and id, and prints receipts', async (test) => {
  const scene = await openScene(test, { rate: 'off' })
  const { simulator, folder } = scene
  const same = await scene.write('a/same.bin', 5_000_000)
  const changed = await scene.write('a/=changed.bin', 1000)
  const uploaded = await scene.upload([`${folder}/a`])
  const { id, fileToken } = uploaded.transferOf(same.path) ?? expect.fail()
  await writeFile(changed.path, Buffer.alloc(1000))

  const local = await scene.run(['verify', folder])
  expect(local.exitCode).toBe(1)
  expect(local.lines).toMatchObject([
    { type: 'verified', path: changed.path, local: { verdict: 'changed' } },
    { type: 'verified', path: same.path, id, local: { verdict: 'same' } },
  ])
  const unknown = await scene.run(['verify', `${folder}/never.bin`])
  expect(unknown.exitCode).toBe(1)

  const whole = await scene.run(['verify', String(id), '--remote-bytes', 'all'])
  expect(whole.lines).toMatchObject([
    { remote: { verdict: 'there' }, bytes: { verdict: 'same', compared: 2, pieces: 2 } },
  ])
  expect(whole.exitCode).toBe(0)
  simulator.removeNode(String(fileToken))
  await rm(same.path)
  const gone = await scene.start(['--lang', 'en', 'verify', String(id), '--remote']).ended
  expect(gone.exitCode).toBe(1)
  expect(gone.stdout).toContain('The local file is no longer there')
  expect(gone.stdout).toContain('No longer in Feishu')

  const { lines } = await scene.run(['receipts', same.path])
  expect(lines).toMatchObject([
    {
      ...{ type: 'receipt', id, proof: 'answer', calls: expect.any(Number) },
      file: { path: same.path, sizeBytes: 5_000_000 },
    },
  ])
  const table = await scene.start(['receipts', '--csv']).ended
  expect(table.stdout).toMatch(/^\uFEFFfinished_at,path,name,/)
  expect(table.stdout).toContain(`,'=changed.bin,1000,`)
  expect(table.stdout.trimEnd().split(/\r?\n/)).toHaveLength(3)
})
