import type { Failure } from '../../shared/failure.ts'
import type { ImageData } from './backend.ts'

export type ImageRead =
  | { readonly ok: true; readonly image: ImageData }
  | { readonly ok: false; readonly failure: Failure }

/** Reads the image files that a model stage shows to its model. */
export interface ImageFiles {
  /**
   * `path` is looked for in the source's folder first (null: the source is no folder), then from the workspace's root; it
   * may be absolute. What is missing, leads out by a link, is larger than 20 MB or no PNG, JPEG, GIF or WebP by its
   * content is a failure of kind `source` that names it.
   */
  read(path: string, sourceFolder: string | null): Promise<ImageRead>
}
