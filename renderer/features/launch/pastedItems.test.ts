import { describe, expect, it } from 'vitest'
import { pastedItems, pastedProblem } from './pastedItems.ts'

describe('pasted items', () => {
  it('takes an address a line, whatever the ends of lines and the blanks', () => {
    const addresses = ['https://a.example/x', 'http://b.example']
    expect(pastedItems('urls', '\r\n https://a.example/x \r\n\nhttp://b.example')).toEqual(addresses)
    expect(pastedProblem('urls', addresses)).toBeNull()
  })

  it('names the first line that is no web address', () => {
    expect(pastedProblem('urls', ['https://a.example', 'not one', 'file:///etc/passwd'])).toContain('not one')
    expect(pastedProblem('urls', ['file:///etc/passwd'])).not.toBeNull()
  })

  it('parts texts at lines of dashes and keeps their own lines', () => {
    expect(pastedItems('text', 'one\ntwo\n---\nthree\n-----\n\n')).toEqual(['one\ntwo', 'three'])
    expect(pastedItems('text', 'a --- b')).toEqual(['a --- b'])
    expect(pastedItems('text', '  \n ')).toEqual([])
  })
})
