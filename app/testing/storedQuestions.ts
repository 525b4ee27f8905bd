import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestWorkspace } from './workspace.ts'

/** What was asked by the attempts whose answers are on disk, of models and of the web. */
export function storedQuestions(workspace: TestWorkspace): string[] {
  const database = new DatabaseSync(join(workspace.folder, '.jacquard/jacquard.db'))
  const rows = database.prepare(`select request from attempts where status = 'succeeded'`).all()
  database.close()
  return rows.map(
    (row) => (JSON.parse(String(row.request)) as { messages: { text: string }[] }).messages[0]?.text ?? '',
  )
}
