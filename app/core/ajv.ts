import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

/** A new one for each schema: two of them may have the same `$id`. */
export function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    strictTuples: false,
  })
  formats.default(ajv)
  return ajv
}
