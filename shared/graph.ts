import type { Chain, Stage } from './chain.ts'
import { RESERVED_NAMES } from './chain.ts'
import { expressionReferences } from './references.ts'
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
    for (const [key, value] of expressionKeys(stage))
      readReferences(
        value,
        [...base, key],
        (name, field, path, offset) => {
          const place = { path, offset }
          if (!known.has(name)) problems.push(unknownName(name, known, place))
          else if (name === id) problems.push(error(path, `Stage \`${id}\` uses its own output.`, offset))
          else wires.add(name, id, field, key === 'when' ? 'condition' : 'data')
        },
        problems,
      )
    for (const [index, name] of (stage.after ?? []).entries()) {
      const path = [...base, 'after', index]
      if (!(name in chain.stages)) problems.push(unknownStage(name, ids, path))
      else if (name === id) problems.push(error(path, `Stage \`${id}\` cannot come after itself.`))
      else wires.add(name, id, null, 'order')
    }
  }
  const seen = (name: string, field: string | null) => {
    wires.add(name, null, field, 'data')
  }
  if (chain.output !== undefined)
    readReferences(
      chain.output,
      ['output'],
      (name, field, path, offset) => {
        if (known.has(name)) seen(name, field)
        else problems.push(unknownName(name, known, { path, offset }))
      },
      problems,
    )

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

function readReferences(
  value: unknown,
  path: Path,
  found: (name: string, field: string | null, path: Path, offset: number) => void,
  problems: GraphProblem[],
): void {
  visitStrings(value, path, (text, stringPath) => {
    const isBareCondition = stringPath.at(-1) === 'when' && !text.includes('{{')
    if (isBareCondition) {
      const problem = expressionError(text)
      if (problem !== null) problems.push(error(stringPath, problem.message, problem.offset))
      else for (const { name, field, offset } of expressionReferences(text)) found(name, field, stringPath, offset)
      return
    }
    const { template, problems: broken } = parseTemplate(text)
    for (const problem of broken) problems.push(error(stringPath, problem.message, problem.offset))
    for (const part of template.parts) {
      if (part.kind === 'text') continue
      const inner = text.indexOf(part.source, part.start + 2)
      for (const { name, field, offset } of expressionReferences(part.source))
        found(name, field, stringPath, inner + offset)
    }
  })
}

class WireCollector {
  readonly #wires = new Map<string, { wire: Omit<Wire, 'fields'>; fields: Set<string>; whole: boolean }>()

  add(from: string, to: string | null, field: string | null, kind: Wire['kind']): void {
    const key = JSON.stringify([from, to, kind])
    const entry = this.#wires.get(key) ?? { wire: { from, to, kind }, fields: new Set<string>(), whole: false }
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

/** Kahn's algorithm; among stages that are free, document order. `cycle` is one cycle, in wire order. */
function sortByDependency(
  ids: readonly string[],
  dependencies: ReadonlyMap<string, readonly string[]>,
): { order: string[]; cycle: string[] } {
  const order: string[] = []
  const placed = new Set<string>()
  for (;;) {
    const free = ids.find((id) => !placed.has(id) && (dependencies.get(id) ?? []).every((other) => placed.has(other)))
    if (free === undefined) break
    placed.add(free)
    order.push(free)
  }
  const rest = ids.filter((id) => !placed.has(id))
  return { order: [...order, ...rest], cycle: rest.length === 0 ? [] : findCycle(rest, dependencies) }
}

function findCycle(rest: readonly string[], dependencies: ReadonlyMap<string, readonly string[]>): string[] {
  const trail: string[] = []
  let at = rest[0]
  // Every stage of `rest` waits for another one of `rest`: going backwards must come round.
  while (at !== undefined && !trail.includes(at)) {
    trail.push(at)
    at = dependencies.get(at)?.find((id) => rest.includes(id))
  }
  return at === undefined ? trail : trail.slice(trail.indexOf(at)).reverse()
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

/** The candidate nearest to `name` by edit distance, if it is near enough to be a slip of the pen. */
export function closest(name: string, candidates: readonly string[]): string | null {
  let best: { candidate: string; distance: number } | null = null
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance <= Math.max(1, Math.floor(name.length / 3)) && (best === null || distance < best.distance))
      best = { candidate, distance }
  }
  return best?.candidate ?? null
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

function error(path: Path, message: string, offset: number | null = null): GraphProblem {
  return { severity: 'error', path, offset, message }
}
function warning(path: Path, message: string): GraphProblem {
  return { severity: 'warning', path, offset: null, message }
}
