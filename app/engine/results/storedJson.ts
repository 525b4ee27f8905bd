import type { Json } from '../../../shared/json.ts'

/** JSON that this program wrote into its own database: read without a check, unlike anything that comes from outside. */
export function readStored(text: string): Json {
  return JSON.parse(text) as Json
}
