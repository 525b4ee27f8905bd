import type { Source } from '../../shared/source.ts'
import type { ItemSource } from '../ports/source.ts'
import { openJsonlSource } from './jsonlSource.ts'
import { valueSource } from './valueSource.ts'

/**
 * Opens a source of a chain or a launch. `keys`: those that were stored with the run that is resumed.
 * Rejects with `SourceBroken` where it is not there or cannot be read. What only some sources need is loaded with them.
 */
export async function openSource(
  source: Source,
  workspace: string,
  keys: readonly string[] | null,
): Promise<ItemSource> {
  if ('folder' in source) {
    const { openFolderSource } = await import('./folderSource.ts')
    return openFolderSource(source, workspace, keys)
  }
  if ('csv' in source) {
    const { openCsvSource } = await import('./csvSource.ts')
    return openCsvSource(source, workspace)
  }
  if ('jsonl' in source) return openJsonlSource(source, workspace)
  const texts = typeof source.text === 'string' ? [source.text] : source.text
  return valueSource(
    'pasted text',
    texts.map((text, index) => ({ key: String(index + 1), value: { text } })),
  )
}
