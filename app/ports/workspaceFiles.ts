import type { DocumentVersion, FolderListing } from '../../shared/api.ts'

/** A chain file or a worker file. */
export interface DocumentText {
  /** From the workspace's root. */
  readonly file: string
  readonly text: string
  /** Changes with the text and with nothing else. */
  readonly version: string
}

export type FileResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly kind: 'not_found' | 'conflict' | 'invalid' | 'files'; readonly message: string }

/** The files of one kind in a workspace. No path leaves it, by `..` or by a link. Writes are whole or not at all. */
export interface DocumentStore {
  list(): Promise<readonly (DocumentText & { readonly modifiedAt: number })[]>
  read(file: string): Promise<FileResult<DocumentText>>
  /** `version`: that of the text the edit began with; null: the file must not be there yet. Another one is a conflict. */
  write(file: string, text: string, version: string | null): Promise<FileResult<{ readonly version: string }>>
  create(name: string, text: string): Promise<FileResult<DocumentText>>
  duplicate(file: string): Promise<FileResult<{ readonly file: string }>>
  rename(file: string, name: string): Promise<FileResult<{ readonly file: string }>>
  /** Gives where it went, for `restore`. */
  remove(file: string): Promise<FileResult<{ readonly file: string }>>
  restore(trash: string): Promise<FileResult<{ readonly file: string }>>
}

/** Worker files. Every state of one that was read or written is kept, the last 200 of each. */
export interface WorkerStore extends DocumentStore {
  /** Newest first. */
  versions(file: string): Promise<FileResult<readonly DocumentVersion[]>>
  /** The text of one of them. */
  version(file: string, version: string): Promise<FileResult<{ readonly text: string }>>
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
