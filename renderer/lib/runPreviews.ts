import type { Reply, Request } from '../../shared/api.ts'
import { host } from './host.ts'

/** What a button would do, for its preview. */
export type PreviewOf = Request<'runs.preview'>['what']
export type PreviewReply = Reply<'runs.preview'>

const KEPT_MS = 5_000
const kept = new Map<string, { readonly at: number; readonly reply: Promise<PreviewReply> }>()

/** Asks what something would ask for; the same question within some seconds, and as of the same time, is asked once. */
export function askPreview(what: PreviewOf, asOf = ''): Promise<PreviewReply> {
  const now = Date.now()
  for (const [key, { at }] of kept) if (now - at > KEPT_MS) kept.delete(key)
  const key = `${asOf} ${JSON.stringify(what)}`
  const before = kept.get(key)
  if (before !== undefined) return before.reply
  const reply = host.call('runs.preview', { what })
  kept.set(key, { at: now, reply })
  return reply
}
