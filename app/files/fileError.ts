/** One sentence for what the system says of a file; anything but a file error is a bug. */
export function describeFileError(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) throw error
  const texts: Record<string, string> = {
    ENOENT: 'There is no such file or folder.',
    EACCES: 'It may not be read (permission denied).',
    EPERM: 'It may not be read (operation not permitted).',
    EISDIR: 'It is a folder, not a file.',
    ENOTDIR: 'A part of the path is a file, not a folder.',
    EMFILE: 'Too many files are open on this machine.',
    ENOSPC: 'The disk is full.',
    EROFS: 'The disk is read-only.',
  }
  return texts[String(error.code)] ?? `${error.message}.`
}
