import { extname } from 'node:path'
import type { DocumentKind } from './documents/documentTask.ts'

/** By their endings. Every other file is read as the text it holds, if it is text. */
const KINDS: Readonly<Record<string, DocumentKind>> = {
  '.pdf': 'pdf',
  '.docx': 'docx',
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
  '.eml': 'eml',
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
  '.png': 'image',
  '.jpg': 'image',
  '.jpeg': 'image',
  '.gif': 'image',
  '.webp': 'image',
}

/** What to do with files of kinds that look as if they could be read. */
const INSTEAD: Readonly<Record<string, string>> = {
  '.doc': 'Save it as .docx.',
  '.odt': 'Save it as .docx.',
  '.rtf': 'Save it as .docx.',
  '.xls': 'Save it as .xlsx.',
  '.ods': 'Save it as .xlsx.',
  '.ppt': 'Save it as .pdf.',
  '.pptx': 'Save it as .pdf.',
  '.odp': 'Save it as .pdf.',
  '.msg': 'Save it as .eml.',
  '.heic': 'Save it as .jpg.',
  '.tif': 'Save it as .png.',
  '.tiff': 'Save it as .png.',
  '.bmp': 'Save it as .png.',
}

/** null: it is text, or nothing that is read. */
export function documentKind(file: string): DocumentKind | null {
  return KINDS[extname(file).toLowerCase()] ?? null
}

/** Why a file that is not text and of no kind that is read cannot be an item. */
export function notReadMessage(file: string): string {
  const ending = extname(file).toLowerCase()
  const instead = INSTEAD[ending]
  if (instead !== undefined) return `A ${ending} file is not read. ${instead}`
  return 'It is neither text nor of a kind that is read (web pages, .pdf, .docx, .xlsx, .eml, images).'
}

/** Whether it has to be saved in another way, although its bytes may look like text. */
export function isReadElsewhereOnly(file: string): boolean {
  return extname(file).toLowerCase() in INSTEAD
}
