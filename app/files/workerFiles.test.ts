import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { FileResult } from '../ports/workspaceFiles.ts'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { WorkerFiles } from './workerFiles.ts'

const opened: TestWorkspace[] = []
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.remove()
})
async function some(files: Record<string, string> = {}): Promise<{ workspace: TestWorkspace; workers: WorkerFiles }> {
  const workspace = await aWorkspace(files)
  opened.push(workspace)
  return { workspace, workers: new WorkerFiles(workspace.folder) }
}
function value<T>(result: FileResult<T>): T {
  if (!result.ok) throw new Error(result.message)
  return result.value
}

const A = 'workers/a.yaml'
const ONE = 'name: a\nsystem_prompt: One.\n'
const TWO = 'name: a\nsystem_prompt: Two.\n'

/** The texts of a worker's versions, newest first. */
async function textsOf(workers: WorkerFiles, file: string): Promise<readonly string[]> {
  const versions = value(await workers.versions(file))
  return Promise.all(versions.map(async ({ version }) => value(await workers.version(file, version)).text))
}

async function save(workers: WorkerFiles, text: string, file = A): Promise<void> {
  value(await workers.write(file, text, value(await workers.read(file)).version))
}

describe('worker files', () => {
  it('are found in the folder and in folders within it, by either ending', async () => {
    const { workers } = await some({
      [A]: ONE,
      'workers/legal/b.yml': 'x',
      'workers/.hidden.yaml': 'x',
      'workers/a.md': 'x',
    })
    expect((await workers.list()).map(({ file }) => file)).toEqual([A, 'workers/legal/b.yml'])
    expect(await (await some()).workers.list()).toEqual([])
  })

  it('are named as Heddle allows, inside as outside', async () => {
    const { workers, workspace } = await some()
    const created = value(await workers.create('Sort Tickets!', 'name: x # its name\n'))
    expect(created.file).toBe('workers/sort_tickets.yaml')
    expect(await workspace.read(created.file)).toBe('name: sort_tickets # its name\n')
    const copy = value(await workers.duplicate(created.file))
    expect(await workspace.read(copy.file)).toBe('name: sort_tickets_copy # its name\n')
  })

  it('are copied and renamed within their folder and with their ending', async () => {
    const { workers, workspace } = await some({ 'workers/legal/b.yml': ONE })
    expect(value(await workers.duplicate('workers/legal/b.yml')).file).toBe('workers/legal/b_copy.yaml')
    expect(value(await workers.rename('workers/legal/b.yml', 'Clauses')).file).toBe('workers/legal/clauses.yml')
    expect(await workspace.read('workers/legal/clauses.yml')).toBe(ONE.replace('name: a', 'name: clauses'))
  })

  it('that are removed come back to the folder they were in', async () => {
    const { workers } = await some({ 'workers/legal/b.yml': ONE })
    const { file } = value(await workers.remove('workers/legal/b.yml'))
    expect(await workers.list()).toEqual([])
    expect(value(await workers.restore(file)).file).toBe('workers/legal/b.yml')
  })

  it.each([
    'workers/../jacquard.yaml',
    'jacquard.yaml',
    '../a.yaml',
    '/etc/a.yaml',
    'workers/link/a.yaml',
    'workers/a.md',
  ])('cannot be outside their folder: %s', async (file) => {
    const { workers, workspace } = await some({ 'jacquard.yaml': 'tiers: {}\n', [A]: ONE })
    const outside = await aWorkspace({ 'a.yaml': 'secret' })
    opened.push(outside)
    await symlink(outside.folder, join(workspace.folder, 'workers/link'))
    expect(await workers.read(file)).toMatchObject({ ok: false, kind: 'invalid' })
    expect(await workers.write(file, 'x', null)).toMatchObject({ ok: false, kind: 'invalid' })
    expect(await workers.versions(file)).toMatchObject({ ok: false, kind: 'invalid' })
  })
})

describe('versions of a worker', () => {
  it('are every state that was read or written, newest first, equal ones once', async () => {
    const { workers, workspace } = await some({ [A]: ONE })
    await workers.read(A)
    await workers.read(A)
    await save(workers, TWO)
    await save(workers, TWO)
    await workspace.write(A, 'by hand')
    await workers.list()
    expect(await textsOf(workers, A)).toEqual(['by hand', TWO, ONE])
  })

  it('hold what stood on disk before a save by somebody who never read it', async () => {
    const { workers, workspace } = await some({ [A]: ONE })
    const { version } = value(await workers.read(A))
    await workspace.write(A, 'by hand')
    expect(await workers.write(A, TWO, version)).toMatchObject({ ok: false, kind: 'conflict' })
    expect(await textsOf(workers, A)).toEqual(['by hand', ONE])
  })

  it('grow by one when an earlier one is brought back', async () => {
    const { workers } = await some({ [A]: ONE })
    await workers.read(A)
    await save(workers, TWO)
    await save(workers, ONE)
    expect(await textsOf(workers, A)).toEqual([ONE, TWO, ONE])
    const times = value(await workers.versions(A)).map(({ at }) => at)
    expect(times).toEqual([...times].sort((a, b) => b - a))
  })

  it('are the last 200', async () => {
    const { workers } = await some({ [A]: ONE })
    for (let number = 0; number < 205; number++) await save(workers, `name: a${number}\n`)
    const texts = await textsOf(workers, A)
    expect([texts.length, texts[0], texts.at(-1)]).toEqual([200, 'name: a204\n', 'name: a5\n'])
  })

  it('are not doubled by many that look at once', async () => {
    const { workers } = await some({ [A]: ONE })
    await Promise.all([workers.read(A), workers.list(), workers.read(A), workers.list()])
    expect(await textsOf(workers, A)).toEqual([ONE])
  })

  it('are known to the next program that opens the workspace, and go with a worker to its new name', async () => {
    const { workers, workspace } = await some({ [A]: ONE })
    await workers.read(A)
    await save(workers, TWO)
    const next = new WorkerFiles(workspace.folder)
    const { file } = value(await next.rename(A, 'b'))
    expect(await textsOf(next, file)).toEqual([TWO.replace('name: a', 'name: b'), TWO, ONE])
  })

  it('are asked for by their own name only', async () => {
    const { workers } = await some({ [A]: ONE })
    expect(await workers.version(A, '../../../../workers/a')).toMatchObject({ ok: false, kind: 'not_found' })
  })
})
