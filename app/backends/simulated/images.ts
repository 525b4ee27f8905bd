import type { ImageData, Message } from '../../ports/backend.ts'
import { aFact, type Fact } from './reading.ts'

/** What a simulated model can tell of the images: name, type and size, and that this is all. */
export interface SeenImages {
  /** A sentence for each. */
  readonly text: string
  readonly facts: readonly Fact[]
}

export function seeImages(messages: readonly Message[]): SeenImages {
  const images = messages.flatMap((message) => message.images ?? [])
  return { text: images.map(sentence).join('\n'), facts: images.flatMap(facts) }
}

function sentence(image: ImageData): string {
  return `The image ${image.name} is a ${typeOf(image)} file of ${sizeOf(image)}; a simulated model sees no more of it.`
}

function facts(image: ImageData): Fact[] {
  return [
    aFact('image', image.name),
    aFact('file name', image.name.split(/[\\/]/).at(-1) ?? image.name),
    aFact('file type', typeOf(image)),
    aFact('file size', sizeOf(image)),
  ]
}

function typeOf({ mediaType }: ImageData): string {
  return mediaType === 'image/webp' ? 'WebP' : mediaType.slice('image/'.length).toUpperCase()
}

function sizeOf({ base64 }: ImageData): string {
  const bytes = Math.floor((base64.replace(/=+$/, '').length * 3) / 4)
  return bytes < 1000 ? `${bytes} bytes` : `${Math.round(bytes / 1000)} kB`
}
