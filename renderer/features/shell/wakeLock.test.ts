import { expect, it } from 'vitest'
import { createWakeLock } from './wakeLock.ts'

/** A browser that takes its locks back when the page is hidden, as browsers do. */
function aBrowser() {
  const locks: { released: boolean; release(): Promise<void> }[] = []
  const state = { isVisible: true, refuses: false }
  const wakeLock = createWakeLock({
    isVisible: () => state.isVisible,
    request: async () => {
      if (state.refuses) throw new Error('The battery is low.')
      const lock = {
        released: false,
        release: async () => {
          lock.released = true
        },
      }
      locks.push(lock)
      return lock
    },
  })
  const show = (isVisible: boolean) => {
    state.isVisible = isVisible
    if (!isVisible) for (const lock of locks) lock.released = true
    wakeLock.visibilityChanged()
  }
  return { wakeLock, state, show, held: () => locks.filter(({ released }) => !released).length }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

it('is held while it is needed', async () => {
  const { wakeLock, held } = aBrowser()
  wakeLock.need(true)
  wakeLock.need(true)
  await settle()
  expect(held()).toBe(1)
  wakeLock.need(false)
  await settle()
  expect(held()).toBe(0)
})

it('is given back where it came when it was not needed any more', async () => {
  const { wakeLock, held } = aBrowser()
  wakeLock.need(true)
  wakeLock.need(false)
  await settle()
  expect(held()).toBe(0)
})

it('is taken again when the page is shown again, and only once', async () => {
  const { wakeLock, show, held } = aBrowser()
  wakeLock.need(true)
  await settle()
  show(false)
  await settle()
  expect(held()).toBe(0)
  show(true)
  show(true)
  await settle()
  expect(held()).toBe(1)
})

it('is asked for again after a refusal, when the page is shown', async () => {
  const { wakeLock, state, show, held } = aBrowser()
  state.refuses = true
  wakeLock.need(true)
  await settle()
  state.refuses = false
  show(true)
  await settle()
  expect(held()).toBe(1)
})
