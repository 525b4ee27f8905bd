import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { compileExpression } from './compileExpression.ts'
import { graphemeEnds } from './graphemes.ts'

const value = async (source: string, scope: { [name: string]: Json } = {}): Promise<Json | undefined> => {
  const result = await compileExpression(source, { timeoutMs: 1000, functions: [] })(scope)
  return result.ok ? result.value : result.message
}

it('$truncate gives at most so many visible characters, all from the beginning', async () => {
  const anyText = fc
    .array(fc.constantFrom('a', '👩‍👩‍👧', 'e\u0301', ' ', '字'), { maxLength: 30 })
    .map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(anyText, fc.nat(20), async (text, size) => {
      const cut = String(await value('$truncate(text, size)', { text, size }))
      expect(graphemeEnds(cut).length).toBeLessThanOrEqual(size)
      if (graphemeEnds(text).length <= size) expect(cut).toBe(text)
      else expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true)
    }),
  )
})

it.each<[string, Json]>([
  ['$truncate("abcdef", 3, "")', 'abc'],
  ['$truncate("abcdef", 2, "[more]")', 'ab'],
  ['$lines("a\\r\\nb\\rc\\n\\n")', ['a', 'b', 'c', '']],
  ['$lines("")', []],
  ['$words("Änderung, über-all: 3,5 l’eau")', ['Änderung', 'über-all', '3', '5', 'l’eau']],
  ['$slug("  --Straße № 5--  ")', 'strasse-no-5'],
  ['$similarity("", "")', 1],
  ['$similarity("a", "b")', 0],
  ['$similarity("Hello  World", "hello world")', 1],
  ['$parseJson("{\\"a\\": [1]}").a', [1]],
  ['$parseJson("no json") ?? "none"', 'none'],
  ['$exists($truncate(nothing, 3))', false],
  ['$startsWith("abc", nothing) ?? "none"', 'none'],
  ['$length("a😀")', 2],
  ['$pad("7", 3, "ab") & "|" & $pad("7", -4, "😀")', '7ab|😀😀😀7'],
])('%s', async (source, expected) => {
  expect(await value(source)).toEqual(expected)
})
