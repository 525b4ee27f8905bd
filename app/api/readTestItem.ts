import type { Json } from '../../shared/json.ts'
import { SourceBroken } from '../ports/source.ts'
import { done, type Outcome, refuse, type Session } from './session.ts'
import { entryAt } from './sourceHandlers.ts'

/** What the Test screen or a preview names as its item. */
export async function readTestItem(
  session: Session,
  at: { source: Parameters<Session['openSource']>[0]; index: number } | { value: Json },
): Promise<Outcome<{ key: string; value: Json }>> {
  if ('value' in at) return done({ key: 'pasted text', value: at.value })
  try {
    const source = await session.openSource(at.source)
    const entry = await entryAt(source, at.index)
    const read = await entry?.load()
    await source.close()
    if (entry === null || read === undefined) return refuse('not_found', `The source has no item ${at.index + 1}.`)
    return read.ok ? done({ key: entry.key, value: read.value }) : refuse('files', read.failure.message)
  } catch (error) {
    if (!(error instanceof SourceBroken)) throw error
    return refuse('files', error.message)
  }
}
