import { EventEmitter } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it, vi } from 'vitest'
import { Notifier } from '#main/desktop/notifier.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Notifications that live only as long as the notifier holds them. */
function aNotifier(icon?: string) {
  const made: WeakRef<EventEmitter>[] = []
  const options: object[] = []
  class Notification extends EventEmitter {
    static isSupported = () => true
    constructor(given: object) {
      super()
      made.push(new WeakRef(this))
      options.push(given)
    }
    show() {}
  }
  const log = { warn: vi.fn<() => void>() }
  const notifier = new Notifier({ Notification, icon, log } as never)
  const clicks: string[] = []
  const show = (title: string) => notifier.show(title, '', () => void clicks.push(title))
  const emit = (at: number, ...event: [string, ...object[]]) => made[at]?.deref()?.emit(...event)
  return { notifier, show, emit, clicks, made, options, log }
}

async function afterCollecting(): Promise<void> {
  // A target that a weak reference has given out lives until the turn is over.
  await new Promise((resolve) => setImmediate(resolve))
  collectGarbage()
}

it('a notice that has moved to the list of the system can still be clicked', async () => {
  const { show, emit, clicks } = aNotifier()
  show('moved')
  emit(0, 'close', { reason: 'timedOut' })
  await afterCollecting()
  emit(0, 'click', {})
  expect(clicks).toEqual(['moved'])
})

it('notices that are gone are not held, nor is more than the last twenty', async () => {
  const { show, emit, made } = aNotifier()
  for (let at = 0; at < 25; at++) show(`notice ${at}`)
  emit(24, 'close', { reason: 'userCanceled' })
  await afterCollecting()
  expect(made.filter((each) => each.deref() !== undefined)).toHaveLength(19)
})

it('knows that the system shows none, until it shows one', () => {
  const { notifier, show, emit, log } = aNotifier()
  expect(notifier.isRefused).toBe(false)
  show('one')
  emit(0, 'failed', {}, 'not allowed' as never)
  expect(notifier.isRefused).toBe(true)
  expect(log.warn).toHaveBeenCalledOnce()
  show('two')
  emit(1, 'show', {})
  expect(notifier.isRefused).toBe(false)
})

it('gives a notice an image where the system has none of the program', () => {
  const { show, options } = aNotifier('/icons/app.png')
  show('one')
  expect(options).toMatchObject([{ icon: '/icons/app.png' }])
})
