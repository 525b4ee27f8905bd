import { z } from 'zod'

/** Any JSON value. Items, outputs and stage inputs are of this type. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** z.json(), with values that are not to be changed. */
export const json = z.json() as z.ZodType<Json, Json>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
