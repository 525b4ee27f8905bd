import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { imageFiles } from './imageFiles.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex')
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex')
const WEBP = Buffer.from('RIFF\0\0\0\0WEBPVP8 ')

let workspace: TestWorkspace
let outside: TestWorkspace
beforeAll(async () => {
  workspace = await aWorkspace()
  outside = await aWorkspace()
  await workspace.write('inputs/a.png', PNG)
  await workspace.write('inputs/deep/b.jpg', JPEG)
  await workspace.write('logo.webp', WEBP)
  await workspace.write('inputs/photo.png', JPEG)
  await workspace.write('inputs/text.png', 'not an image')
  await workspace.write('a.png', JPEG)
  await outside.write('secret.png', PNG)
  await symlink(join(outside.folder, 'secret.png'), join(workspace.folder, 'inputs/link.png'))
  await mkdir(join(workspace.folder, 'inputs/folder.png'))
  await writeFile(join(workspace.folder, 'inputs/huge.png'), PNG)
  await truncate(join(workspace.folder, 'inputs/huge.png'), 20_000_001)
})
afterAll(async () => {
  await workspace.remove()
  await outside.remove()
})

const read = (path: string, folder: string | null = 'inputs') => imageFiles(workspace.folder).read(path, folder)

describe('an image of an item', () => {
  it('is read from the source’s folder first, then from the workspace', async () => {
    expect(await read('a.png')).toEqual({
      ok: true,
      image: { name: 'a.png', mediaType: 'image/png', base64: PNG.toString('base64') },
    })
    expect(await read('a.png', null)).toMatchObject({ image: { mediaType: 'image/jpeg' } })
    expect(await read('deep/b.jpg')).toMatchObject({ image: { mediaType: 'image/jpeg' } })
    expect(await read('logo.webp')).toMatchObject({ image: { mediaType: 'image/webp' } })
    expect(await read('inputs/a.png')).toMatchObject({ image: { mediaType: 'image/png' } })
  })
  it('is told by its content, not by its name', async () => {
    expect(await read('photo.png')).toMatchObject({ image: { mediaType: 'image/jpeg' } })
    expect(await read('text.png')).toMatchObject({
      failure: { kind: 'source', message: 'text.png is no PNG, JPEG, GIF or WebP image.' },
    })
  })
  it('is not read over a link or a path out of its folder', async () => {
    expect(await read('link.png')).toMatchObject({ ok: false, failure: { kind: 'source' } })
    const { failure } = (await read('../../etc/passwd')) as { failure: { message: string } }
    expect(failure.message).toContain('leads out of its folder')
  })
  it('is not read where it has more than 20 MB', async () => {
    expect(await read('huge.png')).toMatchObject({ failure: { message: expect.stringContaining('20000001 bytes') } })
  })
  it('is a failure that names it and where it was looked for', async () => {
    expect(await read('none.png')).toMatchObject({
      failure: {
        kind: 'source',
        message: 'There is no image none.png: it was looked for in inputs and the workspace.',
      },
    })
    expect(await read('folder.png')).toMatchObject({ failure: { message: expect.stringContaining('is a folder') } })
  })
})
