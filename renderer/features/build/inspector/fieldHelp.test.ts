import { expect, it } from 'vitest'
import { sinkHelp, sourceHelp, stageHelp } from './fieldHelp.ts'

it('reads the help of a key from the format, within another key too', () => {
  expect(stageHelp('gather', 'size')).toContain('group')
  expect(stageHelp('model', 'pack', 'groupBy')).toContain('never share a call')
  expect(stageHelp('gather', 'correlate', 'within')).toContain('Seconds')
  expect(sourceHelp('lines', 'pattern')).toContain('regular expression')
  expect(sinkHelp('document', 'separator')).toContain('Between')
})

it('has none for a key that the kind does not know', () => {
  expect([stageHelp('transform', 'prompt'), sourceHelp('csv', 'sheet'), stageHelp('model', 'prompt', 'size')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
