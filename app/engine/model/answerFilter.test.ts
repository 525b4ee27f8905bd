import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { AnswerFilter } from './answerFilter.ts'

const ask = (name: string) => createHash('sha256').update(name).digest('base64url').slice(0, 22)
const asks = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => ask(`q${from + at}`)).sort()

/** A store that gives its pages; `turn` is called between two of them. */
function aStore(answered: string[], turn: () => void = () => undefined) {
  return {
    answeredAsks(after: string, limit: number) {
      if (after !== '') turn()
      return answered.filter((known) => known > after).slice(0, limit)
    },
  }
}

it('takes every question for one that may have been answered, until it has read what has been', async () => {
  const filter = new AnswerFilter(aStore([ask('a')]))
  expect([filter.mayBeAnswered(ask('a')), filter.mayBeAnswered(ask('b'))]).toEqual([true, true])
  await filter.load()
  expect([filter.mayBeAnswered(ask('a')), filter.mayBeAnswered(ask('b'))]).toEqual([true, false])
  filter.add(ask('b'))
  expect(filter.mayBeAnswered(ask('b'))).toBe(true)
})

it('knows every question that was answered, and few others', async () => {
  const filter = new AnswerFilter(aStore(asks(0, 25_000)))
  await filter.load()
  expect(asks(0, 25_000).every((known) => filter.mayBeAnswered(known))).toBe(true)
  expect(asks(30_000, 40_000).filter((unknown) => filter.mayBeAnswered(unknown)).length).toBeLessThan(100)
})

it('keeps what is answered while it reads, also where it is told to read twice at once', async () => {
  const filter: AnswerFilter = new AnswerFilter(aStore(asks(0, 15_000), () => filter.add(ask('meanwhile'))))
  await Promise.all([filter.load(), filter.load()])
  expect(filter.mayBeAnswered(ask('meanwhile'))).toBe(true)
})

it('takes every question for one that may have been answered while it reads anew: another program may have asked it', async () => {
  const answered = asks(0, 15_000)
  const filter = new AnswerFilter(aStore(answered))
  await filter.load()
  expect(filter.mayBeAnswered(ask('other'))).toBe(false)
  const loading = filter.load()
  expect(filter.mayBeAnswered(ask('other'))).toBe(true)
  await loading
  expect(filter.mayBeAnswered(ask('other'))).toBe(false)
})

it('reads nothing more of a store that is about to be closed', async () => {
  let isOpen = true
  const store = aStore(asks(0, 25_000), () => {
    if (!isOpen) throw new Error('The store is closed.')
  })
  const filter = new AnswerFilter(store)
  const loading = filter.load()
  filter.close()
  isOpen = false
  await loading
  expect(filter.mayBeAnswered(ask('q1'))).toBe(true)
})
