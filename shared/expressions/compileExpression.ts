import jsonata, { type Expression } from 'jsonata'
import type { Json } from '../json.ts'
import { DATE_FUNCTIONS } from './dateFunctions.ts'
import { type ExpressionScope, explainFault } from './explainFault.ts'
import { ExpressionFault } from './expressionFault.ts'
import type { FunctionImplementation } from './functionImplementation.ts'
import { linearRegexEngine } from './linearRegex.ts'
import { LIST_FUNCTIONS } from './listFunctions.ts'
import { NUMBER_FUNCTIONS } from './numberFunctions.ts'
import { OWN_BUILTINS } from './ownBuiltins.ts'
import { plainResult } from './plainResult.ts'
import { TEXT_FUNCTIONS } from './textFunctions.ts'

/** What working an expression out gave. undefined: it found nothing. `message` says what is wrong, where, and with what. */
export type WorkedOut =
  | { readonly ok: true; readonly value: Json | undefined }
  | { readonly ok: false; readonly message: string }

export interface ExpressionLimits {
  /** One evaluation may take so long. */
  readonly timeoutMs: number
  /** Functions that need more than this folder has. */
  readonly functions: readonly FunctionImplementation[]
}

/** How deep an evaluation may call itself, and how many entries a list that it builds may have. */
const STACK = 500
const SEQUENCE = 1_000_000
/** A text on the way to the result may be so long: more can only be an accident of a function that calls itself. */
const MOST_CHARACTERS = 100_000_000

/** What every expression may call, beside what JSONata has. */
export const REGISTERED_FUNCTIONS: readonly FunctionImplementation[] = [
  ...OWN_BUILTINS,
  ...TEXT_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
]

/**
 * The one evaluator of expressions. It touches nothing outside its scope, never changes it, gives the same for the same
 * scope, and ends: in time, depth and size. The source must be readable (shared/template.ts checks).
 */
export function compileExpression(
  source: string,
  { timeoutMs, functions }: ExpressionLimits,
): (scope: ExpressionScope) => Promise<WorkedOut> {
  const limits = { timeout: timeoutMs, stack: STACK, sequence: SEQUENCE }
  // Asked for at the start of each evaluation: its time is counted from there.
  const withRegex = {
    ...limits,
    get RegexEngine() {
      return linearRegexEngine(timeoutMs)
    },
  }
  const expression = jsonata(source, source.includes('/') ? withRegex : limits)
  register(expression, source, functions)
  const workOut = async (scope: ExpressionScope): Promise<WorkedOut> => {
    try {
      return { ok: true, value: plainResult(await expression.evaluate(scope)) }
    } catch (error) {
      return { ok: false, message: explainFault(error, source, scope) }
    }
  }
  return (scope) => {
    const turn = last.then(() => workOut(scope))
    last = turn.then(ignore, ignore)
    return turn
  }
}

/**
 * One evaluation at a time. JSONata gives way to others after each step, but counts its time by the clock: many at once
 * would take each other's time, and all be stopped.
 */
let last: Promise<void> = Promise.resolve()

function ignore(): void {}

/** Only the functions that the source names: each costs more to register than most expressions to work out. */
function register(expression: Expression, source: string, functions: readonly FunctionImplementation[]): void {
  const named = new Set(source.match(/(?<=\$)[A-Za-z_]\w*/g))
  if (named.size === 0) return
  for (const { name, types, run } of [...REGISTERED_FUNCTIONS, ...functions])
    if (named.has(name)) expression.registerFunction(name, run as (...values: unknown[]) => unknown, types)
  if (/function|λ/.test(source)) expression.assign(AFTER_EACH_STEP, refuseLongText)
}

/** JSONata calls what is bound here after each step. Its own guards know time and depth, not the size of a text. */
const AFTER_EACH_STEP = Symbol.for('jsonata.__evaluate_exit') as unknown as string

function refuseLongText(_node: unknown, _input: unknown, ...[, result]: [environment: unknown, result: unknown]): void {
  if (typeof result === 'string' && result.length > MOST_CHARACTERS)
    throw new ExpressionFault(`It makes a text of more than ${MOST_CHARACTERS / 1_000_000} MB on its way.`)
}
