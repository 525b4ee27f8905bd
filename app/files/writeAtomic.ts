/** Writes a small file whole or not at all. The package is loaded with the first: many commands write none. */
export async function writeAtomic(path: string, text: string): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic')
  await writeFileAtomic(path, text)
}
