import { imageSize } from 'image-size'
import type { DocumentRead } from './documentTask.ts'
import { Unreadable } from './unreadable.ts'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
}

/** What an image's first bytes tell. Its text is empty: a model that sees gets the file itself. */
export function readImage(bytes: Uint8Array): DocumentRead {
  const { type, width, height } = imageSize(bytes)
  const mediaType = MEDIA_TYPES[type ?? '']
  if (mediaType === undefined)
    throw new Unreadable(`It is an image of the kind ${type ?? 'unknown'}, which is not read.`)
  return { ok: true, text: '', more: { image: { mediaType, width, height } } }
}
