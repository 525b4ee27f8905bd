import { afterEach, expect, it } from 'vitest'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { type WatchedPart, watchWorkspace } from './watchWorkspace.ts'

const opened: { remove(): Promise<void> }[] = []
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.remove()
})

async function watched(
  files: Record<string, string>,
): Promise<{ workspace: TestWorkspace; next(): Promise<WatchedPart> }> {
  const workspace = await aWorkspace(files)
  let seen: (part: WatchedPart) => void = () => {}
  const stop = watchWorkspace(workspace.folder, (part) => seen(part))
  opened.push(workspace, { remove: () => Promise.resolve(stop()) })
  return {
    workspace,
    next: () =>
      new Promise((resolve) => {
        seen = resolve
      }),
  }
}

it.each([
  ['chains', 'chains/a.chain.yaml'],
  ['workers', 'workers/a.yaml'],
  ['workers', 'workers/legal/b.yml'],
  ['settings', 'jacquard.yaml'],
])('tells of a change to %s', async (part, file) => {
  const { workspace, next } = await watched({ 'chains/x.md': '', 'workers/x.md': '', 'workers/legal/x.md': '' })
  const told = next()
  await workspace.write(file, 'x')
  expect(await told).toBe(part)
})

it('goes on in a folder that was made later', async () => {
  const { workspace, next } = await watched({})
  const made = next()
  await workspace.write('workers/a.yaml', 'one')
  expect(await made).toBe('workers')
  const changed = next()
  await workspace.write('workers/a.yaml', 'two')
  expect(await changed).toBe('workers')
})
