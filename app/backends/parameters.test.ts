import { describe, expect, it } from 'vitest'
import { withParameters } from './parameters.ts'

const own = { model: 'm', stream: false, max_tokens: 9, output_config: { format: { type: 'json_schema' } } }

describe('withParameters', () => {
  it('puts a parameter beside what the call says itself, in the same object too', () => {
    const parameters = { top_k: 3, output_config: { effort: 'low' } }
    expect(withParameters(parameters, { own, standard: {} })).toEqual({
      ok: true,
      params: { ...own, top_k: 3, output_config: { format: { type: 'json_schema' }, effort: 'low' } },
    })
  })

  it('prefers a parameter to what is said where nobody says otherwise', () => {
    const joined = withParameters({ max_tokens: 5 }, { own: { model: 'm' }, standard: { max_tokens: 8192, n: 1 } })
    expect(joined).toEqual({ ok: true, params: { model: 'm', max_tokens: 5, n: 1 } })
  })

  it.each([
    [{ max_tokens: 5 }, '`max_tokens`', 'maxTokens'],
    [{ model: 'm' }, '`model`', 'tier'],
    [{ output_config: { format: 'text' } }, '`output_config.format`', 'output'],
    [{ output_config: 1 }, '`output_config`', 'itself'],
  ])('refuses %j by name and says what sets it', (parameters, name, setBy) => {
    const joined = withParameters(parameters, { own, standard: {} })
    expect(joined).toMatchObject({ ok: false, usage: null, failure: { kind: 'provider', cause: 'request' } })
    expect(joined.ok ? '' : joined.failure.message).toContain(name)
    expect(joined.ok ? '' : joined.failure.message).toContain(setBy)
  })
})
