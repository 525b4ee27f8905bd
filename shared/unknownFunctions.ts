import jsonata from 'jsonata'
import { closest } from './closest.ts'
import { EXPRESSION_FUNCTIONS, expressionFunction } from './expressionFunctions.ts'

/** A use of `$something` that is no function and no name the expression has bound. */
export interface UnknownFunction {
  readonly message: string
  /** 0-based offset of the `$` in the expression. */
  readonly offset: number
}

/**
 * What an expression calls, or names with a `$`, that is not there. What it binds itself (`$x := …`, the parameters of a
 * function, `@$x`, `#$i`) is known in all of it. The source must be readable (template.ts checks).
 */
export function unknownFunctions(source: string): readonly UnknownFunction[] {
  if (!/\$[A-Za-z_]/.test(source)) return []
  const bound = new Set<string>()
  const used: Variable[] = []
  collect(jsonata(source).ast(), { bound, used })
  return used
    .filter(({ name }) => name !== '' && name !== '$' && !bound.has(name) && expressionFunction(name) === undefined)
    .map(({ name, position }) => ({ message: messageFor(name, [...bound]), offset: offsetOf(source, name, position) }))
}

interface Variable {
  readonly name: string
  /** 1-based, behind the name, as JSONata counts; undefined where it does not say. */
  readonly position: number | undefined
}

interface Found {
  readonly bound: Set<string>
  readonly used: Variable[]
}

/** JSONata's syntax tree, as far as it is read here. */
interface Node {
  readonly type?: string
  readonly value?: unknown
  readonly position?: number
  readonly [key: string]: unknown
}

function collect(value: unknown, found: Found): void {
  if (Array.isArray(value)) for (const entry of value) collect(entry, found)
  if (!isNode(value)) return
  const { type } = value
  if (type === 'bind') {
    bind(value.lhs, found)
    collect(value.rhs, found)
    return
  }
  if (type === 'variable') found.used.push({ name: String(value.value), position: value.position })
  for (const [key, child] of Object.entries(value)) {
    if (type === 'lambda' && key === 'arguments') for (const parameter of [child].flat()) bind(parameter, found)
    else if ((key === 'focus' || key === 'index') && typeof child === 'string') found.bound.add(child)
    else collect(child, found)
  }
}

function bind(variable: unknown, found: Found): void {
  if (isNode(variable)) found.bound.add(String(variable.value))
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp)
}

function messageFor(name: string, bound: readonly string[]): string {
  if (name === 'eval') return '`$eval` is not available: text is never run as an expression. `$parseJson` reads JSON.'
  const close = closest(name, [...bound, ...EXPRESSION_FUNCTIONS.map((each) => each.name)])
  const advice =
    close === null ? `Names of the chain are written without \`$\`, as \`${name}\`.` : `Did you mean \`$${close}\`?`
  return `There is no \`$${name}\`. ${advice}`
}

function offsetOf(source: string, name: string, position: number | undefined): number {
  const written = `$${name}`
  const start = (position ?? 0) - written.length
  return source.startsWith(written, start) ? start : Math.max(0, source.indexOf(written))
}
