import { expect, it } from 'vitest'
import { FAILURE_KINDS } from './failure.ts'
import { failureKindText, failureText } from './failureText.ts'

it('tells for every kind of failure what happened and what to do next', () => {
  for (const kind of FAILURE_KINDS) {
    const { title, explanation, next } = failureKindText(kind)
    expect([kind, title.length > 3, /[.]$/.test(explanation), /[.]$/.test(next)]).toEqual([kind, true, true, true])
  }
})

it('sends the person to the settings where the backend is set up wrong, and to the stage where the request is', () => {
  const failure = { kind: 'provider', message: 'no such model', httpStatus: 404, retryAfterMs: null } as const
  expect(failureText({ ...failure, cause: 'backend' }).next).toContain('jacquard.yaml')
  expect(failureText({ ...failure, cause: 'request' }).next).toContain('prompt')
})

it('says how long was waited before a timeout', () => {
  expect(failureText({ kind: 'timeout', message: '', afterMs: 120_000 }).explanation).toContain('2 min')
})
