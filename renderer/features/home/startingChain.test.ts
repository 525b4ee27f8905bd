import { expect, it } from 'vitest'
import { parseChain } from '../../../shared/chainDocument.ts'
import { startingChain } from './startingChain.ts'

it('is a chain without problems, whatever its source and its name', () => {
  for (const source of [
    null,
    { folder: 'inputs/tickets' },
    { csv: 'inputs/a.csv' },
    { jsonl: 'inputs/a.jsonl' },
    { lines: 'a.log' },
  ])
    for (const name of ['Triage tickets', '…', 'a: b # c'])
      expect(parseChain(startingChain(name, source))).toMatchObject({ problems: [], chain: { name } })
})

it('gives a table row to the model whole, since its columns are not known yet', () => {
  expect(startingChain('Rows', { csv: 'a.csv' })).toContain('{{ item }}')
  expect(startingChain('Lines', { lines: 'a.log' })).toContain('{{ item.text }}')
})
