import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { EXPRESSION_FUNCTIONS } from '../../../shared/expressionFunctions.ts'
import { REGISTERED_FUNCTIONS } from '../../../shared/expressions/compileExpression.ts'
import { OWN_BUILTINS } from '../../../shared/expressions/ownBuiltins.ts'
import { compileValue } from '../expression.ts'
import { TOKEN_FUNCTIONS } from './tokenFunctions.ts'

const namesOf = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name).sort()
const RUN = { id: 'r1', index: 0, startedAt: Date.parse('2024-03-05T09:00:00Z') }

describe('the table of functions', () => {
  it('names each once, and each that is registered', () => {
    const ours = [...REGISTERED_FUNCTIONS, ...TOKEN_FUNCTIONS].filter((each) => !OWN_BUILTINS.includes(each))
    expect(namesOf(EXPRESSION_FUNCTIONS.filter(({ isJsonata }) => !isJsonata))).toEqual(namesOf(ours))
    expect(new Set(namesOf(EXPRESSION_FUNCTIONS)).size).toBe(EXPRESSION_FUNCTIONS.length)
  })
  it('names every function that JSONata has, but the one that is refused', () => {
    const source = readFileSync(createRequire(import.meta.url).resolve('jsonata'), 'utf8')
    const bound = [...source.matchAll(/(?:staticFrame|environment)\.bind\('(\w+)'/g)].map(([, name]) => ({
      name: name ?? '',
    }))
    expect(bound.length).toBeGreaterThan(50)
    expect(namesOf(EXPRESSION_FUNCTIONS.filter(({ isJsonata }) => isJsonata))).toEqual(
      namesOf(bound.filter(({ name }) => name !== 'eval')),
    )
  })
  it.each(EXPRESSION_FUNCTIONS.map(({ example, gives }) => [example, gives] as const))('%s', async (example, gives) => {
    expect(await compileValue(`{{ ${example} }}`, 'value').evaluate({ run: RUN })).toEqual({ ok: true, value: gives })
  })
})
