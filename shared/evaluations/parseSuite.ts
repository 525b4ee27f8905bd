import { MATCH_RULES } from '../judging/matchRule.ts'
import type { Problem } from '../problem.ts'
import { expressionReferences } from '../references.ts'
import { bareExpression } from '../stageExpressions.ts'
import { expressionError } from '../template.ts'
import { readYaml, schemaProblems, type YamlPath } from '../yamlProblems.ts'
import {
  baseline,
  type Check,
  caseName,
  checkExpression,
  type Suite,
  suiteCase,
  suite as suiteSchema,
} from './suite.ts'

/** A suite file as read: what it says, what is wrong with it, and where. */
export interface ParsedSuite {
  /** null where the file cannot be used; warnings leave it usable. */
  readonly suite: Suite | null
  readonly problems: readonly Problem[]
}

type Found = Pick<Problem, 'path' | 'message'>

/** Reads the text of a suite file. Never throws: whatever is wrong comes back as problems with their lines. */
export function parseSuite(text: string): ParsedSuite {
  const yaml = readYaml(text)
  if (yaml.problems.length > 0) return { suite: null, problems: yaml.problems }
  const parsed = suiteSchema.safeParse(yaml.value ?? {})
  if (!parsed.success)
    return { suite: null, problems: schemaProblems(yaml, parsed.error, { keysAt: knownKeys, choices: MATCH_RULES }) }
  const found = [...checkProblems(parsed.data.checks, []), ...parsed.data.cases.flatMap(caseProblems(parsed.data))]
  const problems = found.map(({ path, message }): Problem => {
    return { severity: 'error', path, message, ...yaml.place({ path }) }
  })
  return { suite: problems.length > 0 ? null : parsed.data, problems }
}

function caseProblems({ cases, checks: common = [] }: Suite) {
  const names = cases.map(caseName)
  return (one: Suite['cases'][number], index: number): readonly Found[] => {
    const path = ['cases', index]
    const name = names[index] ?? ''
    const found: Found[] = []
    const say = (message: string) => found.push({ path, message })
    if (one.item === undefined && one.value === undefined)
      say("This case has no item: give `item`, the key of one of the chain's source, or `value`, the item itself.")
    if (one.item !== undefined && one.value !== undefined)
      say('This case has both `item` and `value`: leave one of them out.')
    if (one.expected === undefined && one.checks === undefined && common.length === 0)
      say('Nothing is asked of this case: give `expected`, or `checks`.')
    if (one.match !== undefined && one.expected === undefined)
      say('`match` says how the output is held against `expected`, which is missing here.')
    if (names.indexOf(name) < index) say(`Another case is called \`${name}\`: give this one a \`name\` of its own.`)
    return [...found, ...checkProblems(one.checks, path)]
  }
}

const IN_SCOPE = ['output', 'item', 'expected']

function checkProblems(checks: readonly Check[] | undefined, at: YamlPath): readonly Found[] {
  return (checks ?? []).flatMap((check, index): readonly Found[] => {
    const path = [...at, 'checks', index, ...(typeof check === 'string' ? [] : ['expression'])]
    const source = bareExpression(checkExpression(check))
    const error = expressionError(source)
    if (error !== null) return [{ path, message: `\`${source}\` cannot be read: ${error.message}` }]
    return expressionReferences(source)
      .filter(({ name }) => !IN_SCOPE.includes(name))
      .map(({ name }) => ({
        path,
        message: `Unknown name \`${name}\`: a check sees \`output\`, \`item\` and \`expected\`. Did you mean \`output.${name}\`?`,
      }))
  })
}

function knownKeys(path: YamlPath): readonly string[] {
  if (path.length === 0) return Object.keys(suiteSchema.shape)
  if (path.at(-1) === 'golden') return Object.keys(baseline.shape)
  if (path.at(-2) === 'checks') return ['name', 'expression']
  if (path.at(-1) === 'match' || path.includes('fields'))
    return ['by', 'fields', 'others', 'within', 'percent', 'atLeast']
  return path[0] === 'cases' ? Object.keys(suiteCase.shape) : []
}
