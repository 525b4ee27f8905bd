import { find } from './findings.ts'
import type { Reading } from './reading.ts'

const FROM = /^(?:from|von|de|sender|absender|name)$/

/** Who wrote it: the header of the mail, else the signature. null: it does not say. */
export function senderOf(reading: Reading): string | null {
  const header = reading.facts.find(({ label }) => FROM.test(label.toLowerCase()))?.value
  const named = header
    ?.replace(/<[^>]*>|\([^)]*\)/g, '')
    .replace(/["']/g, '')
    .trim()
  if (named !== undefined && /^\p{L}/u.test(named) && !named.includes('@')) return named
  const signed = SIGNATURE.exec(reading.text)?.[1]
  return signed?.trim() ?? null
}

const SIGNATURE =
  /^(?:(?:kind |best |warm |many )?(?:regards|wishes)|best|cheers|thanks|thank you|yours \w+|sincerely|viele grüße|mit freundlichen grüßen|lg|saludos|un saludo|gracias)[,.!]?[ \t]*\n{1,3}[ \t]*(\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){0,3})[ \t]*$/imu

const NOT_A_PERSON =
  /\b(?:Street|Road|Avenue|Strasse|Agreement|Contract|Meeting|Minutes|Policy|Report|Service|Services|Company|Customer|Supplier|Data|Group|Limited|Board|Team|Plus|Pro|Hub|App|Subject|Date|Order|Invoice|Support|Press|Release|Project|Phase|Annex|Section|Article|The|This|Our|New|North|South|East|West|United|Next|Action|Kind|Best|Dear)\b/

/** People that the text names, in its order. */
export function peopleIn(reading: Reading): string[] {
  const sender = senderOf(reading)
  const named = find(reading.text, 'person')
    .map(({ text }) => text)
    .filter((name) => !NOT_A_PERSON.test(name))
  return [...new Set([...(sender === null ? [] : [sender]), ...named])]
}

/** Firms and bodies by their legal form, in the text's order. */
export function organisationsIn(reading: Reading): string[] {
  const named = find(reading.text, 'organisation').map(({ text }) =>
    text.replace(/^(?:The|About|Between|Bei|With|At|By)\s+/, ''),
  )
  return [...new Set(named)]
}

/** Who is to do something where only a first name or an office is given: `Birgit will find out`. */
export function actorIn(text: string): string | undefined {
  const found = /(?<!\p{L})((?:The )?\p{Lu}\p{Ll}{1,30}) (?:will|must|should|shall|has to|is to|was asked)\b/u.exec(
    text,
  )?.[1]
  return found === undefined || NOBODY.test(found) ? undefined : found
}

const NOBODY = /^(?:It|This|That|They|We|You|He|She|There|Nobody|Everybody|Someone|What|Who|Which|Decision)$/
