const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu

/** Words of a text in order: lower-case, without accents. */
export function wordsOf(text: string): string[] {
  return plain(text).match(WORD) ?? []
}

/** Words of a key: `needsReply`, `needs_reply` and `needs-reply` are the same two. */
export function wordsOfName(name: string): string[] {
  return wordsOf(name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2').replace(/[_-]+/g, ' '))
}

export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

const SUFFIXES = [
  'ities',
  'ity',
  'ations',
  'ation',
  'ments',
  'ment',
  'ings',
  'ing',
  'edly',
  'ied',
  'ies',
  'ed',
  'es',
  'ly',
  's',
  'e',
  'y',
]

/** A light stem: `charge`, `charged` and `charges` fall together. Two words that differ only in such ends are rare. */
export function stem(word: string): string {
  const end =
    word.length > 3 ? SUFFIXES.find((suffix) => word.endsWith(suffix) && word.length - suffix.length >= 3) : undefined
  const root = end === undefined ? word : word.slice(0, -end.length)
  return root.length > 3 && root.at(-1) === root.at(-2) ? root.slice(0, -1) : root
}

export function stemsOf(text: string): string[] {
  return wordsOf(text).map(stem)
}

/** Stems that say what a text is about. */
export function contentStems(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !isStopWord(word))
    .map(stem)
}

export function isStopWord(word: string): boolean {
  return word.length < 2 || STOP_WORDS.has(word)
}

const STOP_WORDS_BY_LANGUAGE = {
  English: `a about after again all also am an and any are as at be because been before but by can could did do does done
    down for from get got had has have he her here his how i i'm i've if in into is it it's its just like made make may me
    might more most much my no not now of off on one only or other our out over please really same she should so some
    still such than that that's the their them then there these they this those through to too two up us very was we were
    what when where which while who why will with without would you your yours don't doesn't didn't can't isn't won't`,
  German: `aber alle als also am an auch auf aus bei bin bis bitte da dann das dass dem den der des die dies diese dieser doch
    du durch ein eine einem einen einer eines er es fur haben habe hat hatte ich ihr ihre ihnen im in ist ja kann kein keine
    man mein meine mich mir mit nach nicht noch nun nur oder ohne schon sehr sein seit sich sie sind so uber um und uns
    unser unsere vom von vor war was wenn wer wie wir wird wurde zu zum zur`,
  Spanish: `al algo ante como con cuando de del desde donde el ella en era es esa ese esta este esto estoy fue ha hace han hasta
    hay he la las le les lo los mas me mi mis muy nada no nos nuestra nuestro o para pero por porque que quien se ser si
    sin sobre su sus tambien te tengo tiene todo tu un una uno y ya yo`,
  French: `au aux avec ce ces cette dans de des du elle en est et etait ils je la le les leur mais me mes moi mon ne nos notre
    nous on ou par pas pour que qui sa se ses son sont sur ta tes toi ton tu un une vos votre vous`,
} as const

export type Language = keyof typeof STOP_WORDS_BY_LANGUAGE

const LANGUAGES = Object.entries(STOP_WORDS_BY_LANGUAGE).map(([name, words]) => ({
  name: name as Language,
  words: new Set(words.split(/\s+/)),
}))
const STOP_WORDS = new Set(LANGUAGES.flatMap(({ words }) => [...words]))

/** The language whose small words the text uses most; English where it is not clear. */
export function languageOf(text: string): Language {
  const words = wordsOf(text).slice(0, 400)
  const counts = LANGUAGES.map(({ name, words: small }) => ({
    name,
    count: words.filter((word) => small.has(word)).length,
  }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).name
}
