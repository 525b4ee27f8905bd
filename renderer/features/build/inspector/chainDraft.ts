import { parseDocument } from 'yaml'

/** A map of the document as it is written, whether or not its values are of the right kind. */
export type Draft = Readonly<Record<string, unknown>>

/**
 * The document as the inspector shows it. Unlike a parsed chain it is there while a value is wrong, so that the field
 * with the wrong value shows that value and not the last right one. null: the text is not readable YAML.
 */
export function readDraft(text: string): Draft | null {
  const document = parseDocument(text)
  return document.errors.length > 0 ? null : asDraft(document.toJS())
}

export function asDraft(value: unknown): Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Draft) : {}
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value)
}

export function asTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(asText) : []
}
