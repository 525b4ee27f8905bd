import { expect, it } from 'vitest'
import { editChain } from '../../shared/chainEdit.ts'
import { readYamlValue, valueText } from './yamlValue.ts'

const TEXT = 'stages:\n  join:\n    kind: transform\n    value:\n      a: "{{ item.a }}" # first\n      b: [1, 2]\n'
const PATH = ['stages', 'join', 'value']

it('shows a value with its comments, and writes them back', () => {
  const text = valueText(TEXT, PATH)
  expect(text).toBe('a: "{{ item.a }}" # first\nb: [ 1, 2 ]')
  const value = readYamlValue(text.replace('[ 1, 2 ]', '3'))
  expect(value.ok && editChain(TEXT, [{ kind: 'set', path: PATH, value: value.node }])).toBe(
    TEXT.replace('[1, 2]', '3'),
  )
})

it('says to put an expression in quotes, which YAML would read as a map', () => {
  expect(readYamlValue('a: {{ item.a }}')).toEqual({
    ok: false,
    message: 'Put an expression in quotes: "{{ item.text }}".',
  })
})

it('names what is wrong with the YAML', () => {
  expect(readYamlValue('a: [1')).toEqual({ ok: false, message: expect.stringContaining('Not valid YAML') as string })
})

it('reads an empty text as no value', () => {
  expect(readYamlValue(' \n')).toEqual({ ok: true, node: undefined })
})
