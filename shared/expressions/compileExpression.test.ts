import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { compileExpression } from './compileExpression.ts'

const RUN = { id: 'run1', index: 3, total: 10, startedAt: Date.parse('2024-03-05T09:00:00Z') }
const work = (source: string, scope: JsonObject = { run: RUN }, timeoutMs = 1000) =>
  compileExpression(source, { timeoutMs, functions: [] })(scope)
const value = async (source: string, scope?: JsonObject): Promise<Json | undefined> => {
  const result = await work(source, scope)
  if (!result.ok) throw new Error(result.message)
  return result.value
}
const message = async (source: string, scope?: JsonObject): Promise<string> => {
  const result = await work(source, scope)
  return result.ok ? `It gave ${JSON.stringify(result.value)}` : result.message
}

describe('the same item gives the same', () => {
  it('at any time: the time is when the run began', async () => {
    expect(await value('[$now(), $millis(), $now("[Y]-[M01]")]')).toEqual([
      '2024-03-05T09:00:00.000Z',
      RUN.startedAt,
      '2024-03',
    ])
    expect(await value('$now()', {})).toBe('1970-01-01T00:00:00.000Z')
  })
  it('by dice that are thrown by the numbers of item, element and group', async () => {
    const source = '[$random(), $random(), $shuffle([1..20])]'
    const once = await value(source)
    expect(await value(source)).toEqual(once)
    const others = await Promise.all([
      value(source, { run: { ...RUN, index: 4 } }),
      value(source, { run: { ...RUN, id: 'run2' } }),
      value(source, { run: RUN, map: { index: 0 } }),
      value(source, { run: RUN, group: { index: 0 } }),
    ])
    expect(new Set([once, ...others].map((each) => JSON.stringify(each))).size).toBe(5)
  })
  it('with another number each time the dice are thrown, and nothing lost in a shuffle', async () => {
    expect(await value('$random() != $random()')).toBe(true)
    expect(await value('$sort($shuffle([1..50]))')).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  })
})

describe('an expression ends', () => {
  it.each([
    ['when it takes too long', '$map([1..900000], function($x) { $x * 2 })', 'took too long'],
    ['when it calls itself too often', '($f := function($n) { 1 + $f($n + 1) }; $f(0))', 'calls itself too often'],
    ['when it makes too long a list', '[1..2000000]', 'too many entries'],
    ['when it makes too long a text by padding', '$pad("x", 900000000)', '10000000 is the most'],
    ['when it makes too long a text by joining', '$join([1..12].$pad("x", 900000))', '10000000 is the most'],
    [
      'when it doubles a text for ever',
      '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $uppercase($f("x", 60)))',
      '100 MB',
    ],
    ['when its result is too large', '[1..12].$pad("x", 900000)', 'more than 10 MB'],
    [
      'when its result holds one part too often',
      '($a := [1..1000]; $b := [1..100].[$a]; [1..100].[$b])',
      'more than 10 MB',
    ],
    ['when a number is none', '$sqrt(-1)', 'cannot be worked out'],
  ])(
    '%s',
    async (_, source, expected) => {
      expect(await message(source)).toContain(expected)
    },
    5000,
  )
})

it('is not stopped for the time that others take at the same time', async () => {
  const source = '$sum($map([1..1500], function($x) { $x + n }))'
  const startedAt = performance.now()
  await value(source, { n: 0 })
  const timeoutMs = Math.ceil(8 * (performance.now() - startedAt))
  const worked = compileExpression(source, { timeoutMs, functions: [] })
  // Together they take far longer than one of them may.
  const results = await Promise.all(Array.from({ length: 40 }, (_, n) => worked({ n })))
  expect(results).toEqual(Array.from({ length: 40 }, (_, n) => ({ ok: true, value: 1_125_750 + 1500 * n })))
})

describe('a regular expression', () => {
  it('takes time that grows with the text, whatever the pattern', async () => {
    expect(await value('$contains(text, /^(a+)+$/)', { text: `${'a'.repeat(100_000)}!` })).toBe(false)
  })
  it('that finds again and again through the whole text is stopped', async () => {
    const result = await work('$count($match(text, /a.*?b|a/))', { text: 'a'.repeat(100_000) }, 200)
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining('regular expression took too long') })
  })
  it.each<[string, Json]>([
    ['$match("Änd 12, b 3", /(\\w+) (\\d+)/).groups', ['nd', '12', 'b', '3']],
    ['$replace("a-b-c", /-(.)/, "+$1")', 'a+b+c'],
    ['$split("a, b;c", /[,;]\\s*/)', ['a', 'b', 'c']],
    ['$contains("ÉTÉ", /été/i)', true],
    ['$match("one\\ntwo", /^\\w+$/m).match', ['one', 'two']],
    ['$match("x1y2", /(?<=y)\\d/).index', 3],
    ['$replace("1,234,567", /,/, "")', '1234567'],
    ['$replace("😀😀", /😀/, ":)")', ':):)'],
    ['$match("aXbX", /(a)|(b)X/).groups', ['a', null, null, 'b']],
    ['$match("ab", /^./).match', 'a'],
  ])('%s', async (source, expected) => {
    expect(await value(source)).toEqual(expected)
  })
  it('that expressions leave out is named', async () => {
    expect(await message('$contains("ab", /a(?=b)/)')).toContain(
      'The regular expression /a(?=b)/ uses what expressions leave out',
    )
    expect(await message('$contains("aa", /(a)\\1/)')).toContain('back-references')
  })
})

describe('an error', () => {
  it('shows the expression, the place in it, and the data it used', async () => {
    const scope = { item: { price: 'cheap', other: 1 }, params: { rate: 2 }, unused: 'x' }
    expect(await message('params.rate * item.price', scope)).toBe(
      '`params.rate * item.price` cannot be worked out at `* item.price` (character 13): ' +
        'The right side of the "*" operator must evaluate to a number. It saw params.rate = 2, item.price = "cheap".',
    )
  })
  it('shows little of much data', async () => {
    const scope = { item: { rows: Array.from({ length: 100_000 }, () => 'text '.repeat(20)), text: 'x'.repeat(1e6) } }
    const shown = await message('item.rows + item.text', scope)
    expect(shown.length).toBeLessThan(520)
    expect(shown).toContain('item.text = "xxx')
  })
  it('of a wrong argument says how the function is used', async () => {
    expect(await message('$truncate(item, 3)', { item: {} })).toContain('It is used as `$truncate(text, size, end?)`.')
    expect(await message('$uppercase(3)')).toContain('It is used as `$uppercase(text)`.')
  })
  it('of our own functions is placed too', async () => {
    expect(await message('1 + $percentile([1], 101)')).toMatch(
      /at `\$percentile\(\[1\], 101\)` .*must be from 0 to 100, not 101\./,
    )
  })
  it('says that text is never run', async () => {
    expect(await message('$eval("1 + 1")')).toContain('`$eval` is not available')
  })
})

describe('a result', () => {
  it('is plain JSON of its own', async () => {
    const scope = { item: { tags: ['a', 'b'] } }
    const result = await value('{"tags": item.tags, "f": $sum, "list": [1..3][$ > 1]}', scope)
    expect(structuredClone(result)).toStrictEqual({ tags: ['a', 'b'], list: [2, 3] })
  })
  it('cannot change what it came from', async () => {
    const scope = { item: { tags: [{ name: 'a' }] } }
    expect(await value('item ~> |tags|{"name": "b"}|', scope)).toEqual({ tags: [{ name: 'b' }] })
    expect(scope).toEqual({ item: { tags: [{ name: 'a' }] } })
  })
  it('may be worked out many times at once', async () => {
    const worked = compileExpression('$map([1..50], function($x) { $x + n })[0] & $random()', {
      timeoutMs: 1000,
      functions: [],
    })
    const results = await Promise.all(Array.from({ length: 50 }, (_, n) => worked({ n, run: { id: 'r', index: n } })))
    const alone = await Promise.all(
      results.map((_, n) => value('(n + 1) & $random()', { n, run: { id: 'r', index: n } })),
    )
    expect(results.map((result) => (result.ok ? result.value : result.message))).toEqual(alone)
  })
})
