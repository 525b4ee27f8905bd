import type { JsonObject } from '../../../shared/json.ts'

/** What a worker thread is asked to read. Bytes are handed over, not copied. */
export type DocumentTask =
  | { readonly kind: DocumentKind; readonly bytes: Uint8Array }
  | { readonly kind: 'page'; readonly bytes: Uint8Array; readonly charset: string | null }
  | {
      readonly kind: 'sheet'
      readonly bytes: Uint8Array
      /** null: the first. */
      readonly sheet: string | null
      /** A file that gets each row as a line: a JSON list of its cells. */
      readonly rowsFile: string
    }

/** Files that are more than text. */
export type DocumentKind = 'pdf' | 'docx' | 'xlsx' | 'eml' | 'html' | 'image'

/**
 * What was found in a document, or why it cannot be read. `more` is what its kind has besides (see `ReadDocument`); of a
 * sheet the number of its `rows`.
 */
export type DocumentRead =
  | { readonly ok: true; readonly text: string; readonly more: JsonObject }
  | { readonly ok: false; readonly message: string }
