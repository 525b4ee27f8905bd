import { expect, it } from 'vitest'
import { yamlPlace } from './yamlPath.ts'

/** `|` marks the cursor. */
function place(text: string) {
  const lines = text.split('\n')
  const line = lines.findIndex((each) => each.includes('|'))
  const column = lines[line]?.indexOf('|') ?? 0
  return yamlPlace(
    lines.map((each) => each.replace('|', '')),
    line,
    column,
  )
}

it('finds the map that the cursor stands in', () => {
  expect(place('stages:\n  a:\n    kind: model\n    re|')).toMatchObject({
    path: ['stages', 'a'],
    key: null,
    typed: 're',
  })
})

it('finds the key whose value is being written', () => {
  expect(place('stages:\n  a:\n    tier: lo|')).toMatchObject({ path: ['stages', 'a'], key: 'tier', typed: 'lo' })
})

it('sees the other keys of the same map, and none of its neighbours', () => {
  const { siblings, values } = place(
    'stages:\n  a:\n    kind: model\n    |\n    retry:\n      attempts: 2\n  b:\n    note: x',
  )
  expect(siblings).toEqual(['kind', 'retry'])
  expect(values.get('kind')).toBe('model')
})

it('is not led astray by lines that are no keys', () => {
  expect(place('stages:\n  a:\n    prompt: >-\n      Some text\n    |').path).toEqual(['stages', 'a'])
})
