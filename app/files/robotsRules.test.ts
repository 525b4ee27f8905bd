import { expect, it } from 'vitest'
import { robotsRules } from './robotsRules.ts'

it.each([
  ['no rules', '', '/a', true],
  ['a path that is forbidden', 'User-agent: *\nDisallow: /a', '/a/b', false],
  ['another path', 'User-agent: *\nDisallow: /a', '/b', true],
  ['an empty rule', 'User-agent: *\nDisallow:', '/a', true],
  ['its own group before that of all', 'User-agent: *\nDisallow: /\n\nUser-agent: jacquard\nDisallow: /x', '/a', true],
  ['a group of several visitors', 'User-agent: Other\nUser-agent: Jacquard\nDisallow: /a # why', '/a', false],
  ['a group of others', 'User-agent: Other\nDisallow: /', '/a', true],
  ['the longer rule', 'User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
  ['two rules of one length', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
  ['a star', 'User-agent: *\nDisallow: /*/secret', '/x/y/secret/z', false],
  ['an end', 'User-agent: *\nDisallow: /*.pdf$', '/a.pdf', false],
  ['an end that comes later', 'User-agent: *\nDisallow: /*.pdf$', '/a.pdf?x', true],
  ['an end that comes twice', 'User-agent: *\nDisallow: /*.pdf$', '/a.pdf.pdf', false],
  ['an exact path', 'User-agent: *\nDisallow: /a$', '/ab', true],
  ['lines that are not understood', 'hello\nUser-agent: *\nCrawl-delay: 5\nDisallow: /a', '/a', false],
])('%s', (...[, text, path, isAllowed]) => {
  expect(robotsRules(text, 'Jacquard')(path)).toBe(isAllowed)
})

it('is decided in a moment whatever the rule', () => {
  const rule = `User-agent: *\nDisallow: /${'*a'.repeat(500)}$`
  expect(robotsRules(rule, 'Jacquard')(`/${'a'.repeat(20_000)}b`)).toBe(true)
})
