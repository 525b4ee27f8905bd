import { type NamedSources, namedSourcesOf, type SingleSource, type Source } from '../../shared/source.ts'
import type { ItemSource } from '../ports/source.ts'
import { openJsonlSource } from './jsonlSource.ts'
import type { NamedSource } from './severalSources.ts'
import { valueSource } from './valueSource.ts'

/**
 * Opens a source of a chain or a launch. `keys`: those that were stored with the run that is resumed.
 * Rejects with `SourceBroken` where it is not there or cannot be read. What only some sources need is loaded with them.
 */
export function openSource(source: Source, workspace: string, keys: readonly string[] | null): Promise<ItemSource> {
  const named = namedSourcesOf(source)
  return named === null ? openSingle(source as SingleSource, workspace, keys) : openSeveral(named, workspace, keys)
}

async function openSingle(
  source: SingleSource,
  workspace: string,
  keys: readonly string[] | null,
): Promise<ItemSource> {
  if ('folder' in source) return (await import('./folderSource.ts')).openFolderSource(source, workspace, keys)
  if ('watch' in source) return (await import('./watchSource.ts')).openWatchSource(source, workspace, keys)
  if ('urls' in source) return (await import('./urlsSource.ts')).openUrlsSource(source, workspace, keys)
  if ('csv' in source || 'tsv' in source) return (await import('./csvSource.ts')).openCsvSource(source, workspace)
  if ('json' in source) return (await import('./jsonSource.ts')).openJsonSource(source, workspace)
  if ('xlsx' in source) return (await import('./xlsxSource.ts')).openXlsxSource(source, workspace)
  if ('lines' in source) return (await import('./linesSource.ts')).openLinesSource(source, workspace)
  if ('jsonl' in source) return openJsonlSource(source, workspace)
  const texts = typeof source.text === 'string' ? [source.text] : source.text
  return valueSource(
    'pasted text',
    texts.map((text, index) => ({ key: String(index + 1), value: { text } })),
  )
}

async function openSeveral(
  sources: NamedSources,
  workspace: string,
  keys: readonly string[] | null,
): Promise<ItemSource> {
  const { keysOfPart, severalSources } = await import('./severalSources.ts')
  const parts: NamedSource[] = []
  try {
    for (const [name, source] of Object.entries(sources))
      parts.push({ name, source: await openSingle(source, workspace, keysOfPart(keys, name)) })
  } catch (error) {
    for (const { source } of parts) await source.close()
    throw error
  }
  return severalSources(parts, keys)
}
