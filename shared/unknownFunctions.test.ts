import { expect, it } from 'vitest'
import { EXPRESSION_FUNCTIONS } from './expressionFunctions.ts'
import { expressionError, parseTemplate } from './template.ts'
import { unknownFunctions } from './unknownFunctions.ts'

it.each([
  ['$uppercse(item.text)', 0, 'There is no `$uppercse`. Did you mean `$uppercase`?'],
  ['1 + $tokns(item.text)', 4, 'There is no `$tokns`. Did you mean `$tokens`?'],
  ['item.list ~> $filtre(function($x) { $x > 1 })', 13, 'There is no `$filtre`. Did you mean `$filter`?'],
  ['$item.text', 0, 'There is no `$item`. Names of the chain are written without `$`, as `item`.'],
  ['$map(item.list, function($entry) { $entri.a })', 35, 'There is no `$entri`. Did you mean `$entry`?'],
  ['$eval("1")', 0, '`$eval` is not available: text is never run as an expression. `$parseJson` reads JSON.'],
  ['item[$contans(text, "a")]', 5, 'There is no `$contans`. Did you mean `$contains`?'],
  ['{ $lowercse(item.a): 1 }', 2, 'There is no `$lowercse`. Did you mean `$lowercase`?'],
])('%s', (source, offset, message) => {
  expect(unknownFunctions(source)).toEqual([{ offset, message }])
})

it.each([
  '($x := 1; $double := function($n) { $n * 2 }; $double($x))',
  '$map(item.list, λ($entry, $i) { $entry & $i })',
  'item.list@$e#$i.{"at": $i, "entry": $e}',
  '$.text & $$.item.text & $',
  '$sum($sort(item.list, function($a, $b) { $a > $b }))',
  'item ~> |$|{"a": $uppercase(text)}|',
  '($f := $uppercase; item.text ~> $trim ~> $f)',
  '$contains(item.text, /\\$nothing/)',
])('knows all of %s', (source) => {
  expect(unknownFunctions(source)).toEqual([])
})

it('knows every function of the table, and its examples', () => {
  expect(EXPRESSION_FUNCTIONS.flatMap(({ example }) => unknownFunctions(example))).toEqual([])
})

it('is part of what is wrong with an expression and with a text that holds it', () => {
  expect(expressionError('$tokns("a")')).toMatchObject({ offset: 0, message: expect.stringContaining('$tokens') })
  const { template, problems } = parseTemplate('Hello {{ $tokns(item.text) }}, {{ item.name }}')
  expect(problems).toEqual([{ offset: 9, message: 'There is no `$tokns`. Did you mean `$tokens`?' }])
  expect(template.parts.filter(({ kind }) => kind === 'expression')).toHaveLength(2)
})

it('a regular expression that is left out here is wrong at its place', () => {
  expect(expressionError('$contains(item.text, /a(?=b)/)')).toMatchObject({
    offset: 21,
    message: expect.stringContaining('lookahead'),
  })
})
