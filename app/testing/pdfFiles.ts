import { constants, deflateRawSync, deflateSync } from 'node:zlib'

/** A PDF with these texts, one to a page; '' is a page without text, as a scan has. */
export function aPdf(pages: readonly string[], { trailer = '' }: { trailer?: string } = {}): Uint8Array {
  const contents = pages.map((text) => Buffer.from(text === '' ? '' : `BT /F1 24 Tf 72 700 Td (${text}) Tj ET`))
  return pdfOf(
    contents.map((content) => ({ content, filter: '' })),
    trailer,
  )
}

/** A PDF whose one page unpacks to so many megabytes. */
export function aPdfBomb(megabytes: number): Uint8Array {
  const once = deflateRawSync(Buffer.alloc(10_000_000, ' '), { finishFlush: constants.Z_FULL_FLUSH })
  const end = Buffer.from([3, 0])
  const raw = Buffer.concat([...Array.from({ length: megabytes / 10 }, () => once), end])
  const content = deflateSync(Buffer.concat([Buffer.from([0x78, 0xda]), raw]))
  return pdfOf([{ content, filter: '/Filter [/FlateDecode /FlateDecode]' }], '')
}

function pdfOf(pages: readonly { readonly content: Buffer; readonly filter: string }[], trailer: string): Uint8Array {
  const objects: Buffer[] = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from(
      `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ')}] >>`,
    ),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'),
    ...pages.flatMap(({ content, filter }, index) => [
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
      ),
      Buffer.concat([
        Buffer.from(`<< /Length ${content.length} ${filter} >>\nstream\n`),
        content,
        Buffer.from('\nendstream'),
      ]),
    ]),
  ]
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const offsets: number[] = []
  let length = 9
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')])
    offsets.push(length)
    length += part.length
    parts.push(part)
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  )
  return new Uint8Array(Buffer.concat(parts))
}
