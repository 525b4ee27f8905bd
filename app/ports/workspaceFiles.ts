import type { FolderListing } from '../../shared/api.ts'

export interface ChainText {
  /** From the workspace's root. */
  readonly file: string
  readonly text: string
  /** Changes with the text and with nothing else. */
  readonly version: string
}

export type FileResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly kind: 'not_found' | 'conflict' | 'invalid' | 'files'; readonly message: string }

/** The chain files of a workspace. No path leaves it, by `..` or by a link. Writes are whole or not at all. */
export interface ChainStore {
  list(): Promise<readonly (ChainText & { readonly modifiedAt: number })[]>
  read(file: string): Promise<FileResult<ChainText>>
  /** `version`: that of the text the edit began with; null: the file must not be there yet. Another one is a conflict. */
  write(file: string, text: string, version: string | null): Promise<FileResult<{ readonly version: string }>>
  create(name: string, text: string): Promise<FileResult<ChainText>>
  duplicate(file: string): Promise<FileResult<{ readonly file: string }>>
  rename(file: string, name: string): Promise<FileResult<{ readonly file: string }>>
  /** Gives where it went, for `restore`. */
  remove(file: string): Promise<FileResult<{ readonly file: string }>>
  restore(trash: string): Promise<FileResult<{ readonly file: string }>>
}

/** Folders and files to choose from and to put into, beside the chains. */
export interface WorkspaceFiles {
  /** `path` null: the workspace's root. */
  list(path: string | null): Promise<FileResult<FolderListing>>
  /** Gives the folder it landed in, from the workspace's root. */
  upload(upload: { folder: string; name: string; bytes: Uint8Array }): Promise<FileResult<{ readonly folder: string }>>
  /** An absolute path as chains write it: from the root where it lies inside. */
  shown(path: string): string
  /** A path of a chain as an absolute one. */
  absolute(path: string): string
}
