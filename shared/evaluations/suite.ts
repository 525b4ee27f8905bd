import { z } from 'zod'
import { json } from '../json.ts'
import { matchRule } from '../judging/matchRule.ts'

/** The format version that this build reads and writes. */
export const SUITE_FORMAT = 1

const check = z
  .union([
    z.string().min(1),
    z.strictObject({
      name: z.string().min(1).describe('What it checks, in words.'),
      expression: z.string().min(1),
    }),
  ])
  .describe('An expression that must be true. It sees `output`, `item` and `expected`.')

export const suiteCase = z.strictObject({
  name: z.string().min(1).optional().describe('Distinct in the suite. Default: the key of the item.'),
  item: z
    .union([z.string().min(1), z.number()])
    .optional()
    .describe("The key of an item of the chain's source: a path within the folder, or the number of a row."),
  value: json.optional().describe('In place of `item`: the item itself.'),
  stage: z.string().min(1).optional().describe('The output of this stage is held against. Default: that of the chain.'),
  expected: json.optional().describe('What the output is to be.'),
  match: matchRule.optional().describe('By how much it may differ. Default: as the suite says.'),
  checks: z.array(check).optional().describe("What must be true of the output, beside the suite's own checks."),
})

/** A stored evaluation against which later ones are held. */
export const baseline = z.strictObject({
  evaluation: z.string().min(1).describe('Its id.'),
  at: z.string().describe('When it was made.'),
  variant: z.string(),
  passed: z.array(z.string()).describe('Names of the cases that passed.'),
  failed: z.array(z.string()),
})

/** Cases by which a chain is evaluated, as they stand in `chains/NAME.eval.yaml`. Key order here is the order in a new file. */
export const suite = z.strictObject({
  jacquard: z.literal(SUITE_FORMAT).describe('Format version.'),
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  match: matchRule.optional().describe('By how much outputs may differ from what is expected. Default exact.'),
  checks: z.array(check).optional().describe('What must be true of every output.'),
  cases: z.array(suiteCase).max(2000),
  golden: baseline.optional().describe('The evaluation that later ones must not fall behind.'),
})

export type Suite = z.infer<typeof suite>
export type SuiteCase = z.infer<typeof suiteCase>
export type Check = z.infer<typeof check>
export type Baseline = z.infer<typeof baseline>

/** `chains/triage.chain.yaml` → `chains/triage.eval.yaml`. */
export function suiteFileOf(chainFile: string): string {
  return chainFile.replace(/(\.chain)?\.ya?ml$/, '.eval.yaml')
}

/** What a case is called. `index`: 0-based, in its suite. */
export function caseName({ name, item, stage }: SuiteCase, index: number): string {
  if (name !== undefined) return name
  const of = item === undefined ? `case ${index + 1}` : String(item)
  return stage === undefined ? of : `${of} · ${stage}`
}

export function checkExpression(check: Check): string {
  return typeof check === 'string' ? check : check.expression
}

export function checkName(check: Check): string {
  return typeof check === 'string' ? check : check.name
}
