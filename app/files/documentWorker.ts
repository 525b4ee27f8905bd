import { assertNever } from '../../shared/assertNever.ts'
import type { DocumentRead, DocumentTask } from './documents/documentTask.ts'
import { orUnreadable } from './documents/unreadable.ts'

// Parsers leave promises behind that nobody awaits (pdf.js, of a page that ends too early). What they tell has been told
// already, and must not end the thread under the next document.
process.on('unhandledRejection', () => undefined)

/**
 * Documents that need parsing are read in worker threads, so that the event loop stays free. Called by Piscina with one
 * document (see `documentThreads.ts`). Each library is loaded when its first document comes.
 */
export default function readInThread(task: DocumentTask): Promise<DocumentRead> {
  switch (task.kind) {
    case 'pdf':
      return orUnreadable('a PDF', async () => (await import('./documents/readPdf.ts')).readPdf(task.bytes))
    case 'docx':
      return orUnreadable('a Word document', async () => (await import('./documents/readDocx.ts')).readDocx(task.bytes))
    case 'xlsx':
      return orUnreadable('a workbook', async () => (await import('./documents/readXlsx.ts')).readXlsx(task.bytes))
    case 'eml':
      return orUnreadable('a mail', async () => (await import('./documents/readEml.ts')).readEml(task.bytes))
    case 'html':
      return orUnreadable('a web page', async () => (await import('./documents/readHtml.ts')).readHtml(task.bytes))
    case 'image':
      return orUnreadable('an image', async () => (await import('./documents/readImage.ts')).readImage(task.bytes))
    case 'page':
      return orUnreadable('a web page', async () =>
        (await import('./documents/readPage.ts')).readPage(task.bytes, task.charset),
      )
    case 'sheet':
      return orUnreadable('a workbook', async () =>
        (await import('./documents/readXlsx.ts')).readSheetRows(task.bytes, task),
      )
    default:
      return assertNever(task)
  }
}
