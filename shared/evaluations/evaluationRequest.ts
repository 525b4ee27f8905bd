import { z } from 'zod'
import { json } from '../json.ts'
import { source } from '../source.ts'
import { AS_DRAWN, variant } from '../variant.ts'

/** A chain's text, as it is to go through its suite. */
export const evaluationRequest = z.object({
  text: z.string(),
  /** The chain's. */
  file: z.string(),
  /** In place of the suite beside the chain. */
  suiteFile: z.string().nullable().default(null),
  /** In place of the chain's own. */
  source: source.optional(),
  params: z.record(z.string(), json).optional(),
  variant: variant.default({ name: AS_DRAWN }),
  memory: z.boolean().default(true),
})
