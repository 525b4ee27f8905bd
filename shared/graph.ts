import type { Chain } from './chain.ts'
import type { Stage } from './stages.ts'
import { RESERVED_NAMES } from './chain.ts'
import { closest } from './closest.ts'
import { expressionReferences } from './references.ts'
import { sortByDependency } from './sortByDependency.ts'
import { expressionError, parseTemplate, visitStrings } from './template.ts'

/** One use of another stage (or of `item`, `params`, `run`) by a stage or by the chain's output. */
export interface Wire {
  /** A stage id or a reserved name. */
  readonly from: string
  /** A stage id; null: the chain's `output`. */
  readonly to: string | null
  /** Fields of `from` that are named; empty: the whole value, or order only. */
  readonly fields: readonly string[]
  /** `order`: from `after`. `condition`: from `when`. */
  readonly kind: 'data' | 'condition' | 'order'
}

export interface GraphProblem {
  readonly severity: 'error' | 'warning'
  readonly path: readonly (string | number)[]
  /** Offset in the string at `path`, where the place can be told. */
  readonly offset: number | null
  readonly message: string
}

/** Who depends on whom, read from the chain's expressions and `after`. */
export interface ChainGraph {
  /** Stage ids, each behind all that it depends on. Stages on a cycle stand last, in document order. */
  readonly order: readonly string[]
  /** Stage id → ids of the stages it waits for. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>
  readonly wires: readonly Wire[]
  /** Stages that no other stage waits for. */
  readonly last: readonly string[]
  readonly problems: readonly GraphProblem[]
}

type Path = readonly (string | number)[]

export function chainGraph(chain: Chain): ChainGraph {
  const problems: GraphProblem[] = []
  const wires = new WireCollector()
  const ids = Object.keys(chain.stages)
  const known = new Set<string>([...ids, ...RESERVED_NAMES])

  for (const [id, stage] of Object.entries(chain.stages)) {
    const base: Path = ['stages', id]
    if ((RESERVED_NAMES as readonly string[]).includes(id))
      problems.push(error(base, `\`${id}\` is a name that expressions already use: give the stage another id.`))
    for (const [key, value] of expressionKeys(stage)) {
      const read = readReferences(value, [...base, key])
      problems.push(...read.problems)
      for (const { name, field, path, offset } of read.references) {
        if (!known.has(name)) problems.push(unknownName(name, known, { path, offset }))
        else if (name === id) problems.push(error(path, `Stage \`${id}\` uses its own output.`, offset))
        else wires.add({ from: name, to: id, kind: key === 'when' ? 'condition' : 'data' }, field)
      }
    }
    for (const [index, name] of (stage.after ?? []).entries()) {
      const path = [...base, 'after', index]
      if (!(name in chain.stages)) problems.push(unknownStage(name, ids, path))
      else if (name === id) problems.push(error(path, `Stage \`${id}\` cannot come after itself.`))
      else wires.add({ from: name, to: id, kind: 'order' }, null)
    }
  }
  if (chain.output !== undefined) {
    const read = readReferences(chain.output, ['output'])
    problems.push(...read.problems)
    for (const { name, field, path, offset } of read.references)
      if (known.has(name)) wires.add({ from: name, to: null, kind: 'data' }, field)
      else problems.push(unknownName(name, known, { path, offset }))
  }

  const dependencies = new Map(ids.map((id) => [id, wires.stagesBefore(id, chain)]))
  const { order, cycle } = sortByDependency(ids, dependencies)
  if (cycle.length > 0) {
    const message = `These stages wait for each other: ${[...cycle, cycle[0]].join(' → ')}. Take one of the references out.`
    problems.push(error(['stages', cycle[0] ?? ''], message))
  }
  if (ids.length === 0) problems.push(error(['stages'], 'A chain needs at least one stage.'))

  const used = new Set([...dependencies.values()].flat())
  const last = ids.filter((id) => !used.has(id))
  if (chain.output !== undefined) {
    const inOutput = new Set(
      wires
        .all()
        .filter((wire) => wire.to === null)
        .map((wire) => wire.from),
    )
    for (const id of last)
      if (!inOutput.has(id))
        problems.push(warning(['stages', id], `Nothing uses the output of \`${id}\`: it still runs, and is paid for.`))
  }
  return { order, dependencies, wires: wires.all(), last, problems }
}

const EXPRESSION_KEYS = ['when', 'instructions', 'prompt', 'input', 'value']

/** The keys of a stage that hold expressions, with their values. Of a stage that is not right yet, too. */
export function expressionKeys(stage: Stage): [key: string, value: unknown][] {
  return Object.entries(stage).filter(([key]) => EXPRESSION_KEYS.includes(key))
}

/** `when` may be written bare (`classify.category = 'bug'`) or in braces; both are one expression. */
export function whenExpression(text: string): string {
  const { template } = parseTemplate(text)
  const [part] = template.parts.filter((part) => part.kind === 'expression')
  return template.exact && part !== undefined ? part.source : text
}

interface FoundReference {
  readonly name: string
  readonly field: string | null
  readonly path: Path
  /** In the string at the path. */
  readonly offset: number
}

/** The names that the expressions in a value read, and what is wrong with those that cannot be read. */
function readReferences(value: unknown, root: Path): { references: FoundReference[]; problems: GraphProblem[] } {
  const references: FoundReference[] = []
  const problems: GraphProblem[] = []
  visitStrings(value, root, (text, path) => {
    const add = (source: string, start: number) => {
      for (const { name, field, offset } of expressionReferences(source))
        references.push({ name, field, path, offset: start + offset })
    }
    const isBareCondition = path.at(-1) === 'when' && !text.includes('{{')
    if (isBareCondition) {
      const problem = expressionError(text)
      if (problem === null) add(text, 0)
      else problems.push(error(path, problem.message, problem.offset))
      return
    }
    const { template, problems: broken } = parseTemplate(text)
    for (const problem of broken) problems.push(error(path, problem.message, problem.offset))
    for (const part of template.parts)
      if (part.kind === 'expression') add(part.source, text.indexOf(part.source, part.start + 2))
  })
  return { references, problems }
}

class WireCollector {
  readonly #wires = new Map<string, { wire: Omit<Wire, 'fields'>; fields: Set<string>; whole: boolean }>()

  add(wire: Omit<Wire, 'fields'>, field: string | null): void {
    const key = JSON.stringify([wire.from, wire.to, wire.kind])
    const entry = this.#wires.get(key) ?? { wire, fields: new Set<string>(), whole: false }
    if (field === null) entry.whole = true
    else entry.fields.add(field)
    this.#wires.set(key, entry)
  }

  all(): readonly Wire[] {
    return [...this.#wires.values()].map(({ wire, fields, whole }) => ({ ...wire, fields: whole ? [] : [...fields] }))
  }

  stagesBefore(id: string, chain: Chain): readonly string[] {
    const names = [...this.#wires.values()].filter(({ wire }) => wire.to === id).map(({ wire }) => wire.from)
    return [...new Set(names)].filter((name) => name in chain.stages)
  }
}

function unknownName(name: string, known: ReadonlySet<string>, at: { path: Path; offset: number }): GraphProblem {
  const names = [...known]
  return error(
    at.path,
    `Unknown name \`${name}\`${suggestion(name, names)}. Known here: ${names.join(', ')}.`,
    at.offset,
  )
}

function unknownStage(name: string, ids: readonly string[], path: Path): GraphProblem {
  return error(path, `There is no stage \`${name}\`${suggestion(name, ids)}. Stages: ${ids.join(', ')}.`)
}

function suggestion(name: string, names: readonly string[]): string {
  const close = closest(name, names)
  return close === null ? '' : `: did you mean \`${close}\`?`
}

function error(path: Path, message: string, offset: number | null = null): GraphProblem {
  return { severity: 'error', path, offset, message }
}
function warning(path: Path, message: string): GraphProblem {
  return { severity: 'warning', path, offset: null, message }
}
