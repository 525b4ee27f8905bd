import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageData } from '../ports/backend.ts'
import type { ImageFiles, ImageRead } from '../ports/imageFiles.ts'
import { describeFileError } from './fileError.ts'
import { fromWorkspace, isInside } from './workspacePath.ts'

/** Providers take no larger ones. */
const MAX_BYTES = 20_000_000

/** Image files of a workspace and of the folders that its sources name. */
export function imageFiles(workspace: string): ImageFiles {
  return {
    async read(path, sourceFolder) {
      const folders = sourceFolder === null ? [workspace] : [fromWorkspace(workspace, sourceFolder), workspace]
      for (const folder of folders) {
        const read = await readImage(folder, path)
        if (read !== null) return read
      }
      const where = sourceFolder === null ? 'the workspace' : `${sourceFolder} and the workspace`
      return refuse(`There is no image ${path}: it was looked for in ${where}.`)
    },
  }
}

/** null: it is not there. */
async function readImage(folder: string, path: string): Promise<ImageRead | null> {
  const file = fromWorkspace(folder, path)
  try {
    const isFromFolder = file === join(folder, path)
    if (isFromFolder && !(await isInside(folder, file)))
      return refuse(`The image ${path} leads out of its folder; links are not followed out of it.`)
    return await readFile(file, path)
  } catch (error) {
    if (isMissing(error)) return null
    return refuse(`The image ${path} cannot be read. ${describeFileError(error)}`)
  }
}

async function readFile(file: string, path: string): Promise<ImageRead> {
  const opened = await open(file)
  try {
    const { size } = await opened.stat()
    if (size > MAX_BYTES) return refuse(`The image ${path} has ${size} bytes; ${MAX_BYTES} are the most.`)
    const bytes = await opened.readFile()
    const mediaType = mediaTypeOf(bytes)
    if (mediaType === null) return refuse(`${path} is no PNG, JPEG, GIF or WebP image.`)
    return { ok: true, image: { name: path, mediaType, base64: bytes.toString('base64') } }
  } finally {
    await opened.close()
  }
}

/** By the first bytes, whatever the name says. */
function mediaTypeOf(bytes: Buffer): ImageData['mediaType'] | null {
  const starts = (text: string, at = 0) => bytes.toString('latin1', at, at + text.length) === text
  if (starts('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (starts('\xff\xd8\xff')) return 'image/jpeg'
  if (starts('GIF87a') || starts('GIF89a')) return 'image/gif'
  return starts('RIFF') && starts('WEBP', 8) ? 'image/webp' : null
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

function refuse(message: string): ImageRead {
  return { ok: false, failure: { kind: 'source', message } }
}
