/**
 * What a function of ours throws where it cannot give a value for its arguments. JSONata adds where in the expression it
 * happened; compileExpression.ts makes a value of it, and it gets no further.
 */
export class ExpressionFault extends Error {
  /** Tells JSONata's machinery that it is one of its own errors. */
  readonly code = 'J1000'
  /** Set by JSONata: the offset behind the place. */
  position?: number
  token?: unknown
}
