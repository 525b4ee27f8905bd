import type { Focus } from 'jsonata'
import type { Json } from '../json.ts'

/** A function as it is registered with JSONata. What people read of it stands in shared/expressionFunctions.ts. */
export interface FunctionImplementation {
  /** Without the `$`. */
  readonly name: string
  /** Types of the arguments, as JSONata writes them: `<s-n?:s>`. `-`: the value at hand where the argument is missing. */
  readonly types: string
  /** Every argument may be undefined: an expression that found nothing. Throws ExpressionFault only. */
  readonly run: (this: Focus, ...values: never[]) => unknown
}

/** A function given as an argument: `function($x) { … }`. */
export type FunctionArgument = (...values: readonly (Json | undefined)[]) => Promise<Json | undefined>
