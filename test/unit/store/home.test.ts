import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolveHome } from '#main/lib/resolve-home.ts'
import { claimHome, homeOwner, ownerFromError } from '#main/store/claim-home.ts'
import { prepareHome } from '#main/store/home.ts'
import { codeThrownBy, errorThrownBy, makeTempFolder } from './store-kit.ts'

const me = { command: 'feidi watch', startedAtMs: 5, version: '1.2.3' }

describe('resolveHome', () => {
  it.each([
    ['what was asked for', { home: 'here', env: { FEIDI_HOME: '/there' } }, resolve('here')],
    ['else FEIDI_HOME', { env: { FEIDI_HOME: '/there' } }, resolve('/there')],
    ['nothing asked for', { home: '', env: { FEIDI_HOME: '/there' } }, resolve('/there')],
  ])('is %s', (_, choice, expected) => {
    expect(resolveHome(choice)).toBe(expected)
  })

  it.each([{}, { FEIDI_HOME: '' }])('is else the place for it, by the plain name: %j', (env) => {
    const home = resolveHome({ env })
    expect(isAbsolute(home)).toBe(true)
    expect(home).toMatch(/feidi/)
    expect(home).not.toMatch(/nodejs/)
  })
})

describe('prepareHome', () => {
  it('makes the folder for its owner alone and leaves nothing in it', () => {
    const home = join(makeTempFolder(), 'a', 'b')
    prepareHome(home)
    expect(readdirSync(home)).toEqual([])
    if (process.platform !== 'win32') expect(statSync(home).mode & 0o777).toBe(0o700)
  })

  it.each(['file', join('file', 'below')])('says so when %s can not be a folder', (name) => {
    const folder = makeTempFolder()
    writeFileSync(join(folder, 'file'), '')
    const error = errorThrownBy(() => prepareHome(join(folder, name)))
    expect(error.code).toBe('home-unwritable')
    expect(error.context.detail).toContain(join(folder, name))
  })
})

describe('claimHome', () => {
  it('lets nobody else in until it is released', () => {
    const home = join(makeTempFolder(), 'home')
    expect(homeOwner(home)).toBeUndefined()
    const claim = claimHome(home, me)
    expect(claim.wasUnclean).toBe(false)
    expect(homeOwner(home)).toEqual({ ...me, pid: process.pid })
    expect(codeThrownBy(() => claimHome(home, me))).toBe('home-in-use')
    claim.release()
    claim.release()
    expect(homeOwner(home)).toBeUndefined()
    const next = claimHome(home, me)
    expect(next.wasUnclean).toBe(false)
    next.release()
  })

  it('says who has it and where to find them', () => {
    const home = makeTempFolder()
    const claim = claimHome(home, me)
    claim.announce('http://127.0.0.1:4321')
    const error = errorThrownBy(() => claimHome(home, { ...me, command: 'feidi upload' }))
    for (const part of ['feidi watch', `pid ${process.pid}`, 'http://127.0.0.1:4321', home]) {
      expect(error.context.detail).toContain(part)
    }
    expect(ownerFromError(error)).toEqual({
      ...me,
      pid: process.pid,
      reachAt: 'http://127.0.0.1:4321',
    })
    claim.announce(undefined)
    expect(homeOwner(home)).toEqual({ ...me, pid: process.pid })
    claim.release()
  })

  it.each(['', 'garbage', '{"pid":"x"}', '[]'])('is not misled by an owner.json of %j', (text) => {
    const home = makeTempFolder()
    writeFileSync(join(home, 'owner.json'), text)
    const claim = claimHome(home, me)
    expect(claim.wasUnclean).toBe(true)
    writeFileSync(join(home, 'owner.json'), text)
    const error = errorThrownBy(() => claimHome(home, me))
    expect(error.code).toBe('home-in-use')
    expect(ownerFromError(error)).toEqual({})
    claim.release()
    expect(existsSync(join(home, 'owner.json'))).toBe(false)
  })

  it('does not keep the lock when it can not say who it is', () => {
    const home = makeTempFolder()
    mkdirSync(join(home, 'owner.json'))
    expect(codeThrownBy(() => claimHome(home, me))).toBe('store-failed')
    expect(homeOwner(home)).toBeUndefined()
  })
})
