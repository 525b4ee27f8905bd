// `npm run schema`: writes docs/chain.schema.json, by which editors complete and check a chain file.

import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { chain } from '../shared/chain.ts'

export const schemaFile = join(dirname(import.meta.dirname), 'docs', 'chain.schema.json')

/** The JSON Schema of a chain as a person writes it: keys with a default may be left out. */
export function chainSchemaText(): string {
  const schema = { title: 'Jacquard chain', ...z.toJSONSchema(chain, { io: 'input' }) }
  return `${JSON.stringify(schema, null, 2)}\n`
}

if (import.meta.main) writeFileSync(schemaFile, chainSchemaText())
