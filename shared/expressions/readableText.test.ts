import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readableText } from './readableText.ts'

it.each([
  ['<p>One</p><p>Two<br>three</p>', 'One\n\nTwo\nthree'],
  ['<head><title>T</title></head>a<script>if (a < b) alert("<p>")</script>b<style>p{}</style>', 'ab'],
  ['1 < 2 &amp; 3 &gt; 2 &#8364; &#x20AC; &unknown; &AMP;', '1 < 2 & 3 > 2 € € &unknown; &AMP;'],
  ['a <!-- <p>hidden</p> --> b', 'a b'],
  ['<table><tr><td>1</td><td>2</td></tr></table>', '1 2'],
  ['<ul><li>a</li><li>b</li></ul>', 'a\n\nb'],
  ['an unfinished <a href="x', 'an unfinished'],
])('reads %s', (html, text) => {
  expect(readableText(html)).toBe(text)
})

it('leaves text without marks as it is, but for space', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w .,!?\n-]*$/), (text) => {
      const tidy = text
        .split('\n')
        .map((line) => line.replace(/ +/g, ' ').trim())
        .join('\n')
      expect(readableText(text)).toBe(tidy.replace(/\n{3,}/g, '\n\n').trim())
    }),
  )
})

it('takes time by the length only', () => {
  expect(readableText('<'.repeat(200_000))).toHaveLength(200_000)
  expect(readableText('<script>'.repeat(20_000))).toBe('')
  expect(readableText('<!--'.repeat(50_000))).toBe('')
})
