import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { EXPRESSION_FUNCTIONS } from '../shared/expressionFunctions.ts'
import { expressionDocs, withFunctions } from './expressionDocs.ts'

it('docs/expressions.md lists the functions as they are; `node scripts/expressionDocs.ts` writes them', () => {
  const page = readFileSync(expressionDocs, 'utf8')
  expect(page).toBe(withFunctions(page))
  expect(EXPRESSION_FUNCTIONS.filter(({ signature }) => !page.includes(signature.replaceAll('|', '\\|')))).toEqual([])
})
