import type { Json } from './json.ts'

export const FUNCTION_TOPICS = ['tokens', 'text', 'dates', 'lists', 'objects', 'numbers', 'values', 'encoding'] as const
export type FunctionTopic = (typeof FUNCTION_TOPICS)[number]

/** A function of expressions as people read of it: in completion, in docs/expressions.md and in errors. */
export interface ExpressionFunction {
  /** Without the `$`. */
  readonly name: string
  readonly topic: FunctionTopic
  /** `$truncate(text, size, end?)`; `?` marks what may be left out. */
  readonly signature: string
  readonly about: string
  /** An expression, and what it gives. */
  readonly example: string
  readonly gives: Json
  /** JSONata has it too; what is not said here stands in its documentation. */
  readonly isJsonata: boolean
}

type Row = readonly [signature: string, about: string, example: string, gives: Json]

function rows(topic: FunctionTopic, isJsonata: boolean, all: readonly Row[]): readonly ExpressionFunction[] {
  return all.map(([signature, about, example, gives]) => ({
    name: signature.slice(1, signature.indexOf('(')),
    topic,
    signature,
    about,
    example,
    gives,
    isJsonata,
  }))
}

/** Every function there is. What is registered, and that every example gives what it says, is checked by tests. */
export const EXPRESSION_FUNCTIONS: readonly ExpressionFunction[] = [
  ...rows('tokens', false, [
    ['$tokens(value)', 'how many tokens a text, or a value as JSON, has', '$tokens("The quick brown fox")', 4],
    [
      '$chunk(text, {by, size, overlap?})',
      'the text cut into parts; by: "tokens", "characters", "paragraphs", "headings" or "pages"',
      '$chunk("one two three", {"by": "characters", "size": 8}).text',
      ['one two ', 'three'],
    ],
  ]),
  ...rows('text', false, [
    [
      '$truncate(text, size, end?)',
      'at most so many characters, with … where it is cut',
      '$truncate("a long story", 6)',
      'a lon…',
    ],
    ['$lines(text)', 'its lines as a list', '$lines("one\\ntwo\\n")', ['one', 'two']],
    ['$words(text)', 'its words as a list', '$words("It\'s a dog-house.")', ["It's", 'a', 'dog-house']],
    ['$slug(text)', 'fit for a file name or an address', '$slug("Über uns: Café!")', 'uber-uns-cafe'],
    ['$startsWith(text, part)', 'whether it begins with that', '$startsWith("invoice.pdf", "inv")', true],
    ['$endsWith(text, part)', 'whether it ends with that', '$endsWith("invoice.pdf", ".pdf")', true],
    ['$similarity(text, text)', 'how alike two texts are, from 0 to 1', '$similarity("night", "nacht")', 0.25],
    ['$stripHtml(text)', 'HTML as readable text', '$stripHtml("<p>Hello <b>you</b> &amp; me</p>")', 'Hello you & me'],
    ['$parseJson(text)', 'the value that a text of JSON holds; nothing if it is none', '$parseJson("[1, 2]")', [1, 2]],
  ]),
  ...rows('text', true, [
    ['$uppercase(text)', 'in capitals', '$uppercase("abc")', 'ABC'],
    ['$lowercase(text)', 'in small letters', '$lowercase("ABC")', 'abc'],
    ['$trim(text)', 'without space around it, and with single spaces in it', '$trim("  a   b ")', 'a b'],
    ['$length(text)', 'number of characters', '$length("abc")', 3],
    ['$substring(text, start, length?)', 'a part, counted from 0', '$substring("abcdef", 1, 3)', 'bcd'],
    ['$substringBefore(text, part)', 'what stands before that', '$substringBefore("a: b", ":")', 'a'],
    ['$substringAfter(text, part)', 'what stands after that', '$substringAfter("a: b", ": ")', 'b'],
    [
      '$contains(text, part)',
      'whether it holds that text or matches /a pattern/',
      '$contains("Invoice 12", /\\d+/)',
      true,
    ],
    ['$split(text, separator, limit?)', 'its parts as a list', '$split("a, b", ", ")', ['a', 'b']],
    ['$join(list, separator?)', 'a list of texts as one', '$join(["a", "b"], ", ")', 'a, b'],
    [
      '$replace(text, part, by, limit?)',
      'with a part or /a pattern/ replaced; $1 is its first group',
      '$replace("2 kg", /(\\d+) kg/, "$1 kilos")',
      '2 kilos',
    ],
    [
      '$match(text, pattern, limit?)',
      'all matches: {match, index, groups}',
      '$match("a1 b2", /[a-z](\\d)/).groups',
      ['1', '2'],
    ],
    ['$pad(text, width, fill?)', 'made as wide; on the left for a negative width', '$pad("7", -3, "0")', '007'],
  ]),
  ...rows('dates', false, [
    [
      '$parseDate(text, format?)',
      'a date as ISO text; nothing if it is none',
      '$parseDate("March 5, 2024")',
      '2024-03-05',
    ],
    [
      '$formatDate(date, format?)',
      'a date as text: yyyy MM MMMM dd d EEEE HH mm ss; in UTC',
      '$formatDate("2024-03-05", "d MMMM yyyy")',
      '5 March 2024',
    ],
    ['$addDays(date, days)', 'so many days later, or earlier', '$addDays("2024-02-28", 2)', '2024-03-01'],
    ['$daysBetween(from, to)', 'whole days from one date to another', '$daysBetween("2024-03-01", "2024-03-31")', 30],
  ]),
  ...rows('dates', true, [
    [
      '$now(picture?, timezone?)',
      'when the run began, as ISO text: the same for all its items',
      '$now()',
      '2024-03-05T09:00:00.000Z',
    ],
    ['$millis()', 'when the run began, in milliseconds since 1970', '$millis()', 1709629200000],
    ['$toMillis(text, picture?)', 'ISO text as milliseconds since 1970', '$toMillis("1970-01-02")', 86400000],
    [
      '$fromMillis(number, picture?, timezone?)',
      'milliseconds since 1970 as ISO text',
      '$fromMillis(86400000)',
      '1970-01-02T00:00:00.000Z',
    ],
  ]),
  ...rows('lists', false, [
    ['$take(list, count)', 'the first entries; the last ones for a negative count', '$take([1, 2, 3], -2)', [2, 3]],
    ['$slices(list, size)', 'cut into lists of that size', '$slices([1, 2, 3], 2)', [[1, 2], [3]]],
    ['$flatten(list, depth?)', 'lists inside it taken apart', '$flatten([1, [2, [3]]])', [1, 2, 3]],
    [
      '$groupBy(list, key)',
      "groups {key, items}; key: a field's name or a function",
      '$groupBy([{"k": "a"}, {"k": "b"}, {"k": "a"}], "k").key',
      ['a', 'b'],
    ],
    ['$countBy(list, key?)', 'how many entries have each value', '$countBy(["yes", "no", "yes"])', { yes: 2, no: 1 }],
    [
      '$mostCommon(list)',
      'the value that occurs most; the first of equals',
      '$mostCommon(["bug", "other", "bug"])',
      'bug',
    ],
  ]),
  ...rows('lists', true, [
    ['$count(list)', 'number of entries', '$count([1, 2, 3])', 3],
    ['$distinct(list)', 'without doubles', '$distinct([1, 2, 1])', [1, 2]],
    ['$sort(list, function?)', 'in order', '$sort([3, 1, 2])', [1, 2, 3]],
    ['$reverse(list)', 'from the end', '$reverse([1, 2])', [2, 1]],
    ['$append(list, list)', 'one list behind the other', '$append([1], [2])', [1, 2]],
    ['$map(list, function)', 'each entry through a function', '$map([1, 2], function($x) { $x * 10 })', [10, 20]],
    [
      '$filter(list, function)',
      'the entries that a function keeps',
      '$filter([1, 2, 3], function($x) { $x > 1 })',
      [2, 3],
    ],
    [
      '$single(list, function?)',
      'the one entry that a function keeps; an error if there are more',
      '$single([1, 2], function($x) { $x = 2 })',
      2,
    ],
    [
      '$reduce(list, function, start?)',
      'folded into one value',
      '$reduce([1, 2, 3], function($sum, $x) { $sum + $x })',
      6,
    ],
    [
      '$zip(list, list)',
      'entries of lists side by side',
      '$zip([1, 2], ["a", "b"])',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      '$shuffle(list)',
      'in another order: the same one each time the item is worked out',
      '$count($shuffle([1, 2, 3]))',
      3,
    ],
  ]),
  ...rows('objects', false, [
    ['$pick(object, names)', 'with these fields only', '$pick({"a": 1, "b": 2}, ["a"])', { a: 1 }],
    ['$omit(object, names)', 'without these fields', '$omit({"a": 1, "b": 2}, ["a"])', { b: 2 }],
  ]),
  ...rows('objects', true, [
    ['$keys(object)', 'names of the fields', '$keys({"a": 1, "b": 2})', ['a', 'b']],
    ['$lookup(object, name)', 'the field of that name', '$lookup({"a": 1}, "a")', 1],
    ['$merge(list)', 'several objects as one; later ones win', '$merge([{"a": 1}, {"a": 2}])', { a: 2 }],
    [
      '$sift(object, function)',
      'the fields that a function keeps',
      '$sift({"a": 1, "b": 2}, function($value) { $value > 1 })',
      { b: 2 },
    ],
    [
      '$each(object, function)',
      'each field through a function, as a list',
      '$each({"a": 1, "b": 2}, function($value, $name) { $name & $value })',
      ['a1', 'b2'],
    ],
    ['$spread(object)', 'a list of objects with one field each', '$spread({"a": 1, "b": 2})', [{ a: 1 }, { b: 2 }]],
    ['$clone(value)', 'a copy', '$clone({"a": 1})', { a: 1 }],
  ]),
  ...rows('numbers', false, [
    ['$clamp(number, least, most)', 'kept between two numbers', '$clamp(12, 0, 10)', 10],
    ['$median(list)', 'the number in the middle', '$median([1, 9, 3])', 3],
    [
      '$percentile(list, percent)',
      'the number that so many percent do not exceed',
      '$percentile([1, 2, 3, 4, 5], 75)',
      4,
    ],
  ]),
  ...rows('numbers', true, [
    ['$sum(list)', 'sum of numbers', '$sum([1, 2, 3])', 6],
    ['$average(list)', 'mean of numbers', '$average([1, 2, 3])', 2],
    ['$min(list)', 'the smallest number', '$min([3, 1])', 1],
    ['$max(list)', 'the largest number', '$max([3, 1])', 3],
    ['$round(number, places?)', 'rounded; a half to the even side', '$round(3.14159, 2)', 3.14],
    ['$floor(number)', 'rounded down', '$floor(1.8)', 1],
    ['$ceil(number)', 'rounded up', '$ceil(1.2)', 2],
    ['$abs(number)', 'without its sign', '$abs(-3)', 3],
    ['$sqrt(number)', 'square root', '$sqrt(9)', 3],
    ['$power(number, exponent)', 'raised to a power', '$power(2, 8)', 256],
    ['$random()', 'a number from 0 to 1: the same each time the item is worked out', '$random() < 1', true],
    ['$number(value)', 'a text as a number', '$number("12.5")', 12.5],
    ['$formatNumber(number, picture)', 'written as a picture says', '$formatNumber(12345.6, "#,##0.00")', '12,345.60'],
    ['$formatBase(number, base)', 'written in another base', '$formatBase(255, 16)', 'ff'],
    ['$formatInteger(number, picture)', 'written in words or numerals', '$formatInteger(12, "w")', 'twelve'],
    ['$parseInteger(text, picture)', 'a number written in words or numerals', '$parseInteger("twelve", "w")', 12],
  ]),
  ...rows('values', true, [
    ['$exists(value)', 'whether there is a value', '$exists(nothing)', false],
    ['$string(value, pretty?)', 'anything as text, objects as JSON', '$string({"a": 1})', '{"a":1}'],
    ['$boolean(value)', 'whether it is something: not false, 0, null or empty', '$boolean("")', false],
    ['$not(value)', 'the opposite', '$not(true)', false],
    ['$type(value)', 'what kind of value it is', '$type([1])', 'array'],
    [
      '$assert(condition, message)',
      'fails with the message unless the condition holds',
      '$assert(1 = 1, "One is one.")',
      null,
    ],
    ['$error(message)', 'fails with the message', 'false ? $error("Not wanted.") : "fine"', 'fine'],
  ]),
  ...rows('encoding', true, [
    ['$base64encode(text)', 'as base64', '$base64encode("abc")', 'YWJj'],
    ['$base64decode(text)', 'read from base64', '$base64decode("YWJj")', 'abc'],
    ['$encodeUrlComponent(text)', 'fit for a part of an address', '$encodeUrlComponent("a b&c")', 'a%20b%26c'],
    [
      '$encodeUrl(text)',
      'an address with what is not allowed escaped',
      '$encodeUrl("https://example.com/a b")',
      'https://example.com/a%20b',
    ],
    ['$decodeUrlComponent(text)', 'a part of an address as text', '$decodeUrlComponent("a%20b")', 'a b'],
    ['$decodeUrl(text)', 'an address as text', '$decodeUrl("https://example.com/a%20b")', 'https://example.com/a b'],
  ]),
]

const BY_NAME = new Map(EXPRESSION_FUNCTIONS.map((each) => [each.name, each]))

/** By its name without the `$`. */
export function expressionFunction(name: string): ExpressionFunction | undefined {
  return BY_NAME.get(name)
}
