import jsonata from 'jsonata'
import { syntaxError } from './template.ts'

/** A name that an expression takes from the chain's scope: `classify.category` is name `classify`, field `category`. */
export interface Reference {
  readonly name: string
  /** The first field behind the name, where one is written. */
  readonly field: string | null
  /** 0-based offset of the name in the expression. */
  readonly offset: number
}

/**
 * The names an expression reads from its root. Inside predicates, later path steps and the like JSONata looks names up
 * in the value at hand, not in the chain's scope: those are not references.
 * The source must be readable (template.ts checks).
 */
export function expressionReferences(source: string): readonly Reference[] {
  const found: Reference[] = []
  for (const node of nodesIn(jsonata(source).ast())) visit(node, true, found)
  return found
}

/** Whether an expression reads a name. One that cannot be read names nothing: it is a problem of its own. */
export function expressionMentions(source: string, name: string): boolean {
  return syntaxError(source) === null && expressionReferences(source).some((reference) => reference.name === name)
}

/** JSONata's syntax tree, as far as it is read here; its own types leave out what newer versions add. */
interface Node {
  readonly type?: string
  readonly value?: unknown
  readonly position?: number
  readonly steps?: readonly Node[]
  readonly [key: string]: unknown
}

function visit(node: Node, atRoot: boolean, found: Reference[]): void {
  const steps = node.type === 'path' ? node.steps : node.type === 'name' ? [node] : undefined
  if (steps !== undefined) {
    visitPath(steps, atRoot, found)
    return
  }
  for (const [key, child] of Object.entries(node)) {
    const inner = atRoot && !CHANGES_CONTEXT.has(key)
    for (const entry of nodesIn(child)) visit(entry, inner, found)
  }
}

/** Parts of a node that JSONata evaluates against a value inside, not against the root. */
const CHANGES_CONTEXT = new Set(['predicate', 'stages', 'group'])

function visitPath(steps: readonly Node[], atRoot: boolean, found: Reference[]): void {
  const [first, second] = steps
  if (first === undefined) return
  const isRootVariable = first.type === 'variable' && (first.value === '$' || (first.value === '' && atRoot))
  if (isRootVariable && second?.type === 'name') {
    add(second, steps[2], found)
  } else if (first.type === 'name' && atRoot) {
    add(first, second, found)
  } else if (first.type !== 'name') {
    visit(first, atRoot, found)
  }
  for (const [index, step] of steps.entries()) {
    if (index > 0 && step.type !== 'name') visit(step, false, found)
    for (const key of CHANGES_CONTEXT) for (const entry of nodesIn(step[key])) visit(entry, false, found)
  }
}

function add(step: Node, next: Node | undefined, found: Reference[]): void {
  const name = String(step.value)
  // JSONata counts the position behind the token.
  const offset = Math.max(0, (step.position ?? name.length) - name.length)
  found.push({ name, field: next?.type === 'name' ? String(next.value) : null, offset })
}

function nodesIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  return typeof value === 'object' && value !== null ? [value as Node] : []
}
