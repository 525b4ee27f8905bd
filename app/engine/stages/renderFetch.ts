import type { Failure } from '../../../shared/failure.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'
import { type Scope, valueAsText } from '../../core/expression.ts'
import type { PlannedFetchStage } from '../../core/plan.ts'
import type { WebRequest } from '../../ports/webClient.ts'

/** What a fetch stage asks for one item, or why it cannot ask. */
export type RenderedFetch =
  | {
      readonly ok: true
      readonly request: WebRequest
      /** `GET https://…`, without a name and a password that stand in the address. */
      readonly shown: string
      /** For traces: all but the headers, in which keys stand. */
      readonly input: Json
    }
  | { readonly ok: false; readonly failure: Failure }

export async function renderFetchStage(stage: PlannedFetchStage, scope: Scope): Promise<RenderedFetch> {
  const url = await stage.url.evaluate(scope)
  if (!url.ok) return url
  const headers = stage.headers === null ? null : await stage.headers.evaluate(scope)
  if (headers?.ok === false) return headers
  const body = stage.body === null ? null : await stage.body.evaluate(scope)
  if (body?.ok === false) return body
  if (typeof url.value !== 'string' || !isWebAddress(url.value.trim()))
    return invalid(`\`url\` of ${stage.id} is no address of http or https: ${brief(url.value)}.`)
  const { method, maxBytes, timeoutMs } = stage
  const sent = bodyOf(body?.value ?? null)
  if (sent.body !== null && (method === 'GET' || method === 'HEAD'))
    return invalid(`A ${method} request has no body: leave \`body\` of ${stage.id} out, or set \`method\`.`)
  const named = isJsonObject(headers?.value) ? headersOf(headers.value) : {}
  const address = url.value.trim()
  const visible = address.replace(/\/\/[^/@]*@/, '//')
  return {
    ok: true,
    request: { url: address, method, headers: { ...sent.headers, ...named }, body: sent.body, maxBytes, timeoutMs },
    shown: `${method} ${visible}`,
    input: { method, url: visible, ...(body === null ? {} : { body: body.value }) },
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
}

/** Text goes as it is, anything else as JSON. */
function bodyOf(value: Json): { readonly body: string | null; readonly headers: { readonly [name: string]: string } } {
  if (value === null) return { body: null, headers: {} }
  if (typeof value === 'string') return { body: value, headers: { 'content-type': 'text/plain; charset=utf-8' } }
  return { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } }
}

/** Headers whose expressions found nothing are not sent. */
function headersOf(values: JsonObject): { [name: string]: string } {
  const sent = Object.entries(values).filter(([, value]) => value !== null)
  return Object.fromEntries(sent.map(([name, value]) => [name.toLowerCase(), valueAsText(value)]))
}

function invalid(message: string): RenderedFetch {
  return { ok: false, failure: { kind: 'invalid_input', message } }
}

function brief(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
