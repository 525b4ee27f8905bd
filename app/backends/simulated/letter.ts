import { chooseOption } from './chooseOption.ts'
import { find } from './findings.ts'
import { cut } from './fitText.ts'
import { senderOf } from './people.ts'
import { type Material, ROOT } from './slot.ts'
import { summaryOf } from './summarise.ts'
import { type Language, languageOf } from './words.ts'

interface Phrases {
  readonly greeting: (name: string | null) => string
  readonly thanks: (subject: string | null) => string
  readonly understood: (quote: string) => string
  readonly noted: (references: string) => string
  readonly next: { readonly [concern: string]: string }
  readonly closing: string
}

const PHRASES: { readonly [language in Language]: Phrases } = {
  English: {
    greeting: (name) => (name === null ? 'Hello,' : `Dear ${name},`),
    thanks: (subject) =>
      subject === null ? 'Thank you for writing to us.' : `Thank you for writing to us about “${subject}”.`,
    understood: (quote) => `This is how we understand your message: “${quote}”`,
    noted: (references) => `We have noted: ${references}.`,
    next: {
      billing:
        'We are checking the charges on your account. If something was billed wrongly, you get the money back the way you paid.',
      bug: 'We are sorry for the trouble. Our technicians are looking into it; please leave the device as it is until you hear from us.',
      shipping: 'We are asking the carrier and the warehouse where it stands, and come back to you with what they say.',
      account: 'We are checking your account. For your safety, please never send us your password.',
      feature: 'We have passed your idea on to the people who decide what is built next.',
      question: 'We are gathering the answer and send it to you in full.',
      urgent:
        'We are treating this as urgent. If anyone could be in danger, please switch the device off and keep away from it.',
      other: 'We are looking into it and come back to you as soon as we know more.',
    },
    closing: 'Kind regards,\nCustomer Support',
  },
  German: {
    greeting: (name) => (name === null ? 'Guten Tag,' : `Guten Tag ${name},`),
    thanks: (subject) =>
      subject === null ? 'vielen Dank für Ihre Nachricht.' : `vielen Dank für Ihre Nachricht zu „${subject}“.`,
    understood: (quote) => `So haben wir Ihr Anliegen verstanden: „${quote}“`,
    noted: (references) => `Wir haben notiert: ${references}.`,
    next: {
      billing:
        'Wir prüfen die Abbuchungen auf Ihrem Konto. Wurde etwas falsch berechnet, erhalten Sie das Geld zurück.',
      bug: 'Die Unannehmlichkeiten tun uns leid. Unsere Technik geht dem nach; bitte lassen Sie das Gerät so, wie es ist.',
      shipping: 'Wir fragen beim Lager und beim Paketdienst nach und melden uns mit dem Ergebnis.',
      account: 'Wir prüfen Ihr Konto. Bitte schicken Sie uns niemals Ihr Passwort.',
      feature: 'Wir haben Ihren Vorschlag an die Entwicklung weitergegeben.',
      question: 'Wir stellen die Antwort zusammen und schicken sie Ihnen vollständig.',
      urgent: 'Wir behandeln das als dringend. Falls Gefahr besteht, schalten Sie das Gerät bitte aus.',
      other: 'Wir gehen der Sache nach und melden uns, sobald wir mehr wissen.',
    },
    closing: 'Mit freundlichen Grüßen\nKundendienst',
  },
  Spanish: {
    greeting: (name) => (name === null ? 'Buenos días:' : `Hola, ${name}:`),
    thanks: (subject) =>
      subject === null ? 'Gracias por escribirnos.' : `Gracias por escribirnos sobre «${subject}».`,
    understood: (quote) => `Así hemos entendido su mensaje: «${quote}»`,
    noted: (references) => `Hemos anotado: ${references}.`,
    next: {
      billing: 'Estamos revisando los cargos de su cuenta. Si algo se cobró mal, le devolveremos el importe.',
      bug: 'Sentimos las molestias. Nuestros técnicos lo están revisando; deje el aparato como está, por favor.',
      shipping: 'Estamos preguntando al almacén y al transportista, y le diremos lo que respondan.',
      account: 'Estamos revisando su cuenta. Por seguridad, no nos envíe nunca su contraseña.',
      feature: 'Hemos pasado su idea a quienes deciden lo próximo que se construye.',
      question: 'Estamos reuniendo la respuesta y se la enviaremos completa.',
      urgent: 'Lo tratamos como urgente. Si alguien pudiera correr peligro, apague el aparato, por favor.',
      other: 'Lo estamos revisando y le escribiremos en cuanto sepamos más.',
    },
    closing: 'Un saludo cordial,\nAtención al cliente',
  },
  French: {
    greeting: (name) => (name === null ? 'Bonjour,' : `Bonjour ${name},`),
    thanks: (subject) =>
      subject === null ? 'Merci de nous avoir écrit.' : `Merci de nous avoir écrit au sujet de « ${subject} ».`,
    understood: (quote) => `Voici comment nous comprenons votre message : « ${quote} »`,
    noted: (references) => `Nous avons noté : ${references}.`,
    next: {
      billing: 'Nous vérifions les montants débités. Si une somme a été facturée à tort, elle vous sera rendue.',
      bug: 'Nous regrettons ce désagrément. Nos techniciens s’en occupent ; laissez l’appareil en l’état, s’il vous plaît.',
      shipping: 'Nous interrogeons l’entrepôt et le transporteur, et vous dirons ce qu’ils répondent.',
      account: 'Nous vérifions votre compte. Par sécurité, ne nous envoyez jamais votre mot de passe.',
      feature: 'Nous avons transmis votre idée à ceux qui décident de la suite.',
      question: 'Nous réunissons la réponse et vous l’enverrons en entier.',
      urgent: 'Nous traitons cela en urgence. En cas de danger, éteignez l’appareil, s’il vous plaît.',
      other: 'Nous examinons la question et reviendrons vers vous dès que possible.',
    },
    closing: 'Cordialement,\nLe service clients',
  },
}

/** A polite reply around what the text says; in the language that the task names, else in the text's own. */
export function writeLetter(material: Material): string {
  const { reading, quality, task } = material
  const phrases = PHRASES[languageAskedFor(task) ?? languageOf(reading.text)]
  const quote = cut(summaryOf(reading, 1, quality), 240)
  const references = find(reading.text, 'reference')
    .slice(0, quality.careful ? 3 : 1)
    .map(({ text }) => text)
  const amounts = quality.careful
    ? find(reading.text, 'money')
        .slice(0, 2)
        .map(({ text }) => text)
    : []
  const noted = [...references, ...amounts]
  return [
    phrases.greeting(senderOf(reading)),
    [phrases.thanks(reading.heading), ...(quote === '' ? [] : [phrases.understood(quote)])].join(' '),
    [...(noted.length === 0 ? [] : [phrases.noted(noted.join(', '))]), phrases.next[concernOf(material)] ?? '']
      .join(' ')
      .trim(),
    closingOf(phrases, task),
  ].join('\n\n')
}

/** `Sign as "The support team"` in the instructions is followed. */
function closingOf(phrases: Phrases, task: string): string {
  const [farewell = '', standard = ''] = phrases.closing.split('\n')
  const signature = /\bsign (?:it |the letter )?(?:as|with) ["“]([^"”\n]+)["”]/i.exec(task)?.[1] ?? standard
  return `${farewell}\n${signature}`
}

const CONCERNS = Object.keys(PHRASES.English.next).map((value) => ({ value, gloss: '' }))

function concernOf(material: Material): string {
  const told = /\bcategory:\s*([a-z_]+)/i.exec(material.task)?.[1]?.toLowerCase()
  if (told !== undefined && CONCERNS.some(({ value }) => value === told)) return told
  return String(chooseOption({ ...ROOT, path: 'letter' }, CONCERNS, { ...material, task: '' }))
}

function languageAskedFor(task: string): Language | null {
  const named = /\bin (English|German|Spanish|French)\b/i.exec(task)?.[1]?.toLowerCase()
  return (Object.keys(PHRASES) as Language[]).find((language) => language.toLowerCase() === named) ?? null
}
