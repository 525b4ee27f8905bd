import { type GraphProblem, graphError } from './graphProblem.ts'
import { expressionReferences } from './references.ts'
import { expressionError, parseTemplate, visitStrings } from './template.ts'
import type { YamlPath } from './yamlProblems.ts'

export interface FoundReference {
  readonly name: string
  readonly field: string | null
  readonly path: YamlPath
  /** In the string at the path. */
  readonly offset: number
}

export interface ReadReferences {
  readonly references: readonly FoundReference[]
  readonly problems: readonly GraphProblem[]
}

/** The names that the expressions in a value read, and what is wrong with those that cannot be read. */
export function readReferences(value: unknown, root: YamlPath, isBare: boolean): ReadReferences {
  const references: FoundReference[] = []
  const problems: GraphProblem[] = []
  visitStrings(value, root, (text, path) => {
    const add = (source: string, start: number) => {
      for (const { name, field, offset } of expressionReferences(source))
        references.push({ name, field, path, offset: start + offset })
    }
    if (isBare && !text.includes('{{')) {
      const problem = expressionError(text)
      if (problem === null) add(text, 0)
      else problems.push(graphError(path, problem.message, problem.offset))
      return
    }
    const { template, problems: broken } = parseTemplate(text)
    for (const problem of broken) problems.push(graphError(path, problem.message, problem.offset))
    for (const part of template.parts)
      if (part.kind === 'expression') add(part.source, text.indexOf(part.source, part.start + 2))
  })
  return { references, problems }
}
