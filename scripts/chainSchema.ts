// `npm run schema`: writes the JSON Schemas by which editors complete and check a chain file and a suite of evaluations.

import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { chain } from '../shared/chain.ts'
import { suite } from '../shared/evaluations/suite.ts'

const docs = join(dirname(import.meta.dirname), 'docs')
export const schemaFile = join(docs, 'chain.schema.json')
export const suiteSchemaFile = join(docs, 'suite.schema.json')

/** The JSON Schema of a chain as a person writes it: keys with a default may be left out. */
export function chainSchemaText(): string {
  const schema = { title: 'Jacquard chain', ...z.toJSONSchema(chain, { io: 'input' }) }
  return `${JSON.stringify(schema, null, 2)}\n`
}

/** The same of a suite of evaluations. */
export function suiteSchemaText(): string {
  const schema = { title: 'Jacquard suite of evaluations', ...z.toJSONSchema(suite, { io: 'input' }) }
  return `${JSON.stringify(schema, null, 2)}\n`
}

if (import.meta.main) {
  writeFileSync(schemaFile, chainSchemaText())
  writeFileSync(suiteSchemaFile, suiteSchemaText())
}
