import { expect, it } from 'vitest'
import type { Problem } from '../../../../shared/problem.ts'
import { OUTPUT_NODE, SOURCE_NODE } from '../canvas/nodeIds.ts'
import { problemNode, sortProblems } from './problemPlace.ts'

function aProblem(path: Problem['path'], severity: Problem['severity'] = 'error', line = 1): Problem {
  return { severity, path, line, column: 1, message: 'wrong' }
}

it('leads to the stage, the source, the result or the chain that a problem stands in', () => {
  const paths = [['stages', 'draft', 'prompt'], ['source', 'folder'], ['output', 'a'], ['sink'], ['params', 'x'], []]
  expect(paths.map((path) => problemNode(aProblem(path)))).toEqual([
    'draft',
    SOURCE_NODE,
    OUTPUT_NODE,
    OUTPUT_NODE,
    null,
    null,
  ])
})

it('lists errors before warnings, each in the order of the document', () => {
  const listed = sortProblems([aProblem(['a'], 'warning', 1), aProblem(['b'], 'error', 9), aProblem(['c'], 'error', 3)])
  expect(listed.map(({ path }) => path[0])).toEqual(['c', 'b', 'a'])
})
