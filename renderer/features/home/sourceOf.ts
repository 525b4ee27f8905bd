import type { Source } from '../../../shared/source.ts'

/** The source that a chosen path means, by the end of its name. */
export function sourceOf(path: string): Source {
  if (/[.]csv$/i.test(path)) return { csv: path }
  if (/[.]jsonl$/i.test(path)) return { jsonl: path }
  return { folder: path }
}

/** `inputs/support_tickets` → `Support tickets` */
export function chainNameOf(path: string): string {
  const last =
    path
      .split(/[\\/]/)
      .filter((part) => part !== '' && part !== '.')
      .at(-1) ?? ''
  const words = last
    .replace(/[.](csv|jsonl)$/i, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
  return words === '' ? 'New chain' : words.slice(0, 1).toUpperCase() + words.slice(1, 100)
}
