import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { MiB, openScene } from '#test/kit/feidi/scene.ts'

const SECRETS = /demo-secret|Bearer (?!\*)|\bt-[\w.-]{16}/

it('has the calls with their log ids and the end of the work, no secret and no name', async (test) => {
  const scene = await openScene(test, { alwaysInParts: true, blockSizeBytes: MiB, rate: 'off' })
  const file = await scene.write('私密合同.bin', 3 * MiB)
  // A server that gives back what it was sent.
  const msg = 'no: app demo-secret, Authorization: Bearer t-g1044qeGEDXTB6NDJOGV4JQCYDGH'
  scene.simulator.faults.add({
    endpoint: 'files/upload_part',
    seq: 1,
    do: { kind: 'answer', status: 500, code: 1061001, msg },
  })
  const run = await scene.upload([file.path])
  expect(run).toMatchObject({ exitCode: 0, stderr: '' })

  const text = readFileSync(join(scene.home, 'logs', 'feidi.log'), 'utf8')
  expect(text).toMatch(/ info {2}command begins \{"command":"feidi upload"/)
  expect(text).toMatch(
    /call drive\/v1\/files\/upload_prepare \{"ms":\d+,"status":200,"logId":"\w+"/,
  )
  expect(text).toMatch(
    /warn {2}call drive\/v1\/files\/upload_part \{"seq":1,.*"status":500,"logId":"\w+","code":1061001/,
  )
  expect(text).toMatch(
    /engine transfer done \{"id":"[\w-]+","sizeBytes":3145728,"private":\{"fileToken":"boxcn/,
  )
  expect(text).toMatch(/engine ended: settled/)
  expect(text).toMatch(/command ends \{"command":"feidi upload","done":1/)
  expect(text).toContain('app ***')
  expect(text).not.toMatch(SECRETS)
  expect(text).not.toContain('私密合同')
})

it('says why a command could not go on, where there is a home', async (test) => {
  const scene = await openScene(test)
  const missing = await scene.run(['upload', join(scene.folder, 'none'), '--to', 'nowhere'])
  expect(missing.exitCode).toBe(2)
  expect(existsSync(scene.home)).toBe(false)
  await scene.run(['rules', 'add', scene.folder, '--to', scene.to])
  const refused = await scene.run(['rules', 'add', '/', '--to', scene.to])
  expect(refused.exitCode).toBe(2)
  const text = readFileSync(join(scene.home, 'logs', 'feidi.log'), 'utf8')
  expect(text).toMatch(/error command could not go on \{"error":\{"code":"rule-/)
})

it('has what killed the process', async (test) => {
  const scene = await openScene(test)
  const file = await scene.write('a.bin', 10)
  const order = join(scene.folder, 'crash')
  const crash = `
    import { existsSync } from 'node:fs'
    setInterval(() => {
      if (existsSync(${JSON.stringify(order)})) throw new TypeError('boom demo-secret')
    }, 20)`
  const gate = scene.simulator.hold({ endpoint: 'files/upload_all' })
  const feidi = scene.start(['upload', file.path, '--to', scene.to], {
    env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(crash)}` },
  })
  await gate.reached
  writeFileSync(order, '')
  const run = await feidi.ended
  gate.abandon()
  expect(run.exitCode).not.toBe(0)
  const text = readFileSync(join(scene.home, 'logs', 'feidi.log'), 'utf8')
  expect(text).toMatch(/error process uncaughtException \{"error":\{"name":"TypeError","at":\[/)
  expect(text).not.toMatch(SECRETS)
})
