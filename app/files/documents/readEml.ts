import PostalMime, { type Address } from 'postal-mime'
import type { DocumentRead } from './documentTask.ts'
import { htmlText } from './htmlText.ts'
import { Unreadable } from './unreadable.ts'

/** A mail: its text (that of its markup where it has no other), who wrote it to whom, when, and names of what is attached. */
export async function readEml(bytes: Uint8Array): Promise<DocumentRead> {
  const mail = await PostalMime.parse(bytes, { maxNestingDepth: 50, maxRfc822NestingDepth: 5 })
  if (mail.from === undefined && mail.subject === undefined && mail.date === undefined)
    throw new Unreadable('It is no mail: it has neither a sender, nor a subject, nor a date.')
  const text = mail.text?.trim() || htmlText(mail.html ?? '').trim()
  return {
    ok: true,
    text,
    more: {
      from: mail.from === undefined ? '' : addressText(mail.from),
      to: (mail.to ?? []).map(addressText).join(', '),
      subject: mail.subject ?? '',
      date: mail.date ?? null,
      attachments: mail.attachments.map(({ filename, mimeType }) => filename ?? mimeType),
    },
  }
}

function addressText(address: Address): string {
  if (address.group !== undefined) return `${address.name}: ${address.group.map(addressText).join(', ')}`
  return address.name === '' ? address.address : `${address.name} <${address.address}>`
}
