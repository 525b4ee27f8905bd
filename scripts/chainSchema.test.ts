import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { chainSchemaText, schemaFile, suiteSchemaFile, suiteSchemaText } from './chainSchema.ts'

const check = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')))

const aChain = `
jacquard: 1
name: Triage
source: { folder: inputs/tickets }
stages:
  extract: { kind: model, prompt: "{{ item.text }}", output: { type: object } }
sink: { jsonl: results/triage.jsonl }
`

describe('docs/chain.schema.json', () => {
  it('says what shared/chain.ts says (npm run schema writes it anew)', () => {
    expect(readFileSync(schemaFile, 'utf8')).toBe(chainSchemaText())
  })

  it('takes a chain', () => {
    expect(check(parse(aChain)) || check.errors).toBe(true)
  })

  it.each([
    ['an unknown key of the chain', `${aChain}sinks: {}`],
    ['an unknown key of a stage', aChain.replace('prompt:', 'promt:')],
    ['an unknown kind of stage', aChain.replace('kind: model', 'kind: modle')],
    ['a stage id that no expression could name', aChain.replace('extract:', '1st-stage:')],
  ])('refuses %s', (_what, text) => {
    expect(check(parse(text))).toBe(false)
  })
})

describe('docs/suite.schema.json', () => {
  const checkSuite = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(suiteSchemaFile, 'utf8')))

  it('says what shared/evaluations/suite.ts says (npm run schema writes it anew)', () => {
    expect(readFileSync(suiteSchemaFile, 'utf8')).toBe(suiteSchemaText())
  })

  it('takes the suite of the examples, and no unknown rule', () => {
    const example = readFileSync('examples/workspace/chains/triage-tickets.eval.yaml', 'utf8')
    expect(checkSuite(parse(example)) || checkSuite.errors).toBe(true)
    expect(checkSuite(parse(example.replace('by: text', 'by: txet')))).toBe(false)
  })
})
