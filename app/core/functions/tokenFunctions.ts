import { ExpressionFault } from '../../../shared/expressions/expressionFault.ts'
import type { FunctionImplementation } from '../../../shared/expressions/functionImplementation.ts'
import type { Json, JsonObject } from '../../../shared/json.ts'
import { CHUNK_BY } from '../../../shared/stages.ts'
import { type Chunk, chunkText } from '../chunkText.ts'
import { countTokens } from '../tokens.ts'

/** Need `loadTokenizer` (usesTokenizer says which expressions). */
export const TOKEN_FUNCTIONS: readonly FunctionImplementation[] = [
  { name: 'tokens', types: '<x-:n>', run: tokens },
  { name: 'chunk', types: '<so:a<o>>', run: chunk },
]

/** Whether an expression may call one of them. */
export function usesTokenizer(source: string): boolean {
  return /\$(tokens|chunk)\b/.test(source)
}

function tokens(value: Json | undefined): number | undefined {
  if (value === undefined) return undefined
  // As it would stand in a prompt.
  return countTokens(typeof value === 'string' ? value : JSON.stringify(value, null, 2))
}

function chunk(text: string | undefined, options: JsonObject): readonly Chunk[] | undefined {
  if (text === undefined) return undefined
  const { by = 'tokens', size, overlap = 0, ...others } = options
  const [other] = Object.keys(others)
  if (other !== undefined) throw new ExpressionFault(`\`${other}\` is no option of $chunk: by, size, overlap.`)
  const known = CHUNK_BY.find((name) => name === by)
  if (known === undefined) throw new ExpressionFault(`\`by\` must be one of ${CHUNK_BY.join(', ')}.`)
  if (typeof size !== 'number' || typeof overlap !== 'number')
    throw new ExpressionFault('`size` and `overlap` must be numbers.')
  const chunked = chunkText(text, { by: known, size, overlap })
  if (!chunked.ok) throw new ExpressionFault(chunked.message)
  return chunked.chunks
}
