const ABBREVIATION =
  /(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|no|nr|art|sec|approx|incl|e\.g|i\.e|etc|vs|ltd|inc|co|corp|z\.\s?b|bzw|ca|str|sra?|p|\p{Lu})\.$/iu
const BULLET = /^\s*(?:\*\*)?(?:[-*•–]|\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2})+\.?|\([a-z\d]\))\s+/
const NOT_A_SENTENCE = /^\s*#|\|.*\|/
/** A line of a log stands for itself, and its next lines belong to it. */
const RECORD = /^\s*\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/
const HEADER = /^[\p{L}][\p{L} ./-]{0,30}:\s/u

/** Pieces of a text that can stand alone: sentences of its paragraphs, and each entry of its lists. Markup is left behind. */
export function sentencesOf(text: string): string[] {
  return blocksOf(text)
    .flatMap(splitBlock)
    .filter((sentence) => sentence !== '')
}

/** Hard-wrapped lines belong together; a bullet, a heading, a header or a blank line starts anew. */
function blocksOf(text: string): string[] {
  const blocks: string[] = []
  let open = false
  for (const line of text.split(/\r?\n/)) {
    // Headings and rows of tables are no sentences, and end one.
    if (NOT_A_SENTENCE.test(line)) {
      open = false
      continue
    }
    const bare = line
      .replace(BULLET, '')
      .replace(/\*\*|__|`/g, '')
      .replace(/^>+\s*/, '')
      .trim()
    const alone = BULLET.test(line) || HEADER.test(line) || RECORD.test(line)
    if (bare === '' || /^[-=_*~|\s]+$/.test(bare)) open = false
    else if (open && !alone) blocks.push(`${blocks.pop() ?? ''} ${bare}`)
    else {
      blocks.push(bare)
      open = !(HEADER.test(line) && bare.length < 60)
    }
    // A short line that ends with a comma is a greeting or a farewell, not the start of a wrapped paragraph.
    if (open && bare.endsWith(',') && bare.length < 40 && blocks.at(-1) === bare) open = false
  }
  return blocks
}

function splitBlock(block: string): string[] {
  const sentences: string[] = []
  for (const piece of block.split(/(?<=[.!?…]["”’)]?)\s+(?=[\p{Lu}\p{N}"“„¿¡(])/u)) {
    const previous = sentences.at(-1)
    if (previous !== undefined && (ABBREVIATION.test(previous) || (/\b\d{1,2}\.$/.test(previous) && MONTH.test(piece))))
      sentences[sentences.length - 1] = `${previous} ${piece}`
    else sentences.push(piece)
  }
  return sentences.map((sentence) => sentence.replace(/\s+/g, ' ').trim())
}

/** `vom 12. Februar`: the day's dot ends no sentence. */
const MONTH = /^(?:Jan|Feb|M[äa]r|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[kc]t|Nov|De[zc])\p{Ll}*\b/u

const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten|liebe[rs]?|sehr geehrte|hola|buenos|buenas|estimad|bonjour|(?:kind |best |warm )?regards|best|cheers|thanks|thank you|many thanks|yours|sincerely|viele gr|mit freundlich|danke|vielen dank|gracias|saludos|un saludo|atentamente|merci|cordialement)\b/i

/** Carries something to be told: not a greeting, a name, a bare heading or a header of a mail. */
export function isTelling(sentence: string): boolean {
  const words = sentence.split(/\s+/).length
  if (RECORD.test(sentence)) return words > 3
  if (words < 4 || (GREETING.test(sentence) && words < 9)) return false
  if (words < 8 && !/[.!?…:”"»)]$/.test(sentence)) return false
  if (!/\p{Ll}/u.test(sentence)) return false
  return !/^(?:from|to|cc|date|sent|subject|von|an|betreff|datum|de|para|asunto|fecha):\s/i.test(sentence)
}
