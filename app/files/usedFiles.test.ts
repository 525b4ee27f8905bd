import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { usedFiles } from './usedFiles.ts'

describe('files that a chain uses', () => {
  let workspace = ''
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'jacquard-used-'))
    await mkdir(join(workspace, 'kb', 'deep'), { recursive: true })
    await writeFile(join(workspace, 'kb', 'b.md'), 'second\n')
    await writeFile(join(workspace, 'kb', 'a.txt'), 'first')
    await writeFile(join(workspace, 'kb', 'deep', 'c.yaml'), 'third: 3')
    await writeFile(join(workspace, 'kb', 'picture.png'), 'no text')
  })
  afterEach(() => rm(workspace, { recursive: true, force: true }))

  test('a folder of knowledge is read file by file, sorted, each under its path', async () => {
    const read = await usedFiles(workspace).knowledge('kb')
    expect(read).toEqual({ ok: true, value: '## a.txt\nfirst\n\n## b.md\nsecond\n\n## deep/c.yaml\nthird: 3' })
  })

  test('what the ignore file of a folder names is left out', async () => {
    await writeFile(join(workspace, 'kb', '.siloignore'), 'deep/\n*.txt\n')
    expect(await usedFiles(workspace).knowledge('kb')).toEqual({ ok: true, value: '## b.md\nsecond' })
  })

  test('a path or a link out of the workspace is refused, a missing file is said to be missing', async () => {
    const files = usedFiles(join(workspace, 'kb', 'deep'))
    await symlink(join(workspace, 'kb', 'b.md'), join(workspace, 'kb', 'deep', 'link.md'))
    expect(await files.text('../b.md')).toMatchObject({ ok: false, kind: 'invalid' })
    expect(await files.text('link.md')).toMatchObject({ ok: false, kind: 'invalid' })
    expect(await files.text('none.md')).toMatchObject({ ok: false, kind: 'not_found' })
  })

  test('a file that is too large to be sent with every call is refused', async () => {
    await writeFile(join(workspace, 'big.txt'), 'x'.repeat(1_000_001))
    expect(await usedFiles(workspace).knowledge('big.txt')).toMatchObject({ ok: false, kind: 'invalid' })
  })
})
