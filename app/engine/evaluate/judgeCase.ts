import {
  type Check,
  checkExpression,
  checkName,
  type Suite,
  type SuiteCase,
} from '../../../shared/evaluations/suite.ts'
import { briefly } from '../../../shared/expressions/briefly.ts'
import type { Json } from '../../../shared/json.ts'
import { matchExpected } from '../../../shared/judging/matchExpected.ts'
import { compileCondition } from '../../core/expression.ts'

/** What a case came to. */
export interface Judged {
  readonly passed: boolean
  readonly score: number
  readonly reasons: readonly string[]
}

const SHOWN_CHARACTERS = 120

/** Holds an output against what its case expects, and against all checks. */
export async function judgeCase(
  output: Json,
  one: SuiteCase,
  { suite, item }: { readonly suite: Suite; readonly item: Json },
): Promise<Judged> {
  const expected = one.expected
  const checks = [...(suite.checks ?? []), ...(one.checks ?? [])]
  const parts: Judged[] = []
  if (expected !== undefined) parts.push(matchExpected(output, expected, one.match ?? suite.match ?? 'exact'))
  for (const check of checks) parts.push(await judgeCheck(check, { output, item, expected: expected ?? null }))
  return {
    passed: parts.every(({ passed }) => passed),
    score: parts.length === 0 ? 1 : parts.reduce((sum, { score }) => sum + score, 0) / parts.length,
    reasons: parts.flatMap(({ reasons }) => reasons),
  }
}

async function judgeCheck(check: Check, scope: { readonly [name: string]: Json }): Promise<Judged> {
  const evaluated = await compileCondition(checkExpression(check), 'this check').evaluate(scope)
  if (!evaluated.ok) return wrong(`${checkName(check)}: ${evaluated.failure.message}`)
  if (evaluated.value === true) return { passed: true, score: 1, reasons: [] }
  return wrong(`not so: ${checkName(check)} (output: ${briefly(scope.output ?? null, SHOWN_CHARACTERS)})`)
}

function wrong(reason: string): Judged {
  return { passed: false, score: 0, reasons: [reason] }
}
