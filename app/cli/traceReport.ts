import { formatDuration, formatUsd } from '../../shared/format.ts'
import type { Json } from '../../shared/json.ts'
import type { Attempt, InnerTrace, ItemTrace, StageTrace } from '../../shared/trace.ts'
import { countText, tokensText } from './spend.ts'
import type { Colors } from './standardStreams.ts'
import { indent, oneLine, terminalText } from './terminalText.ts'

/** Of what ran inside a stage so many are printed, and so many more of those that failed; `--json` has them all. */
const SHOWN_INNER = 10

/** Everything known of one item, for a person: what `test` and `show --item` print. */
export function traceReport(trace: ItemTrace, simulated: boolean, colors: Colors): string[] {
  const money = simulated ? ' play money' : ''
  const title = `${sign(trace.status, colors)} ${colors.bold(oneLine(trace.key, 100))} ${trace.status}`
  const item = trace.itemProblem ?? JSON.stringify(trace.item)
  return [
    `${title}${colors.dim(` · ${figures(trace, money)}`)}`,
    colors.dim(`  ${trace.group === null ? 'item' : 'group'} ${trace.index}: ${oneLine(item, 200)}`),
    ...groupLines(trace, colors),
    ...trace.stages.flatMap((stage) => ['', ...stageLines(stage, money, colors)]),
    '',
    ...(trace.error === null
      ? part('Output', trace.output, 0)
      : [colors.red(`✕ ${trace.error.stage ?? 'item'}: ${trace.error.kind}: ${terminalText(trace.error.message)}`)]),
  ]
}

function stageLines(stage: StageTrace, money: string, colors: Colors): string[] {
  const last = stage.attempts.at(-1)
  const what = [
    stage.kind === 'model'
      ? [last?.tier, last?.model].filter((word) => typeof word === 'string').join(' ')
      : stage.kind,
  ]
  if (stage.attempts.length > 0) what.push(countText(stage.attempts.length, 'attempt'))
  if (last !== undefined && last.pack !== null) what.push(`a call shared by ${last.pack.size}`)
  const isRun = stage.state !== 'skipped' && stage.state !== 'waiting'
  if (isRun) what.push(figures(stage, money))
  const shown = what.filter((text) => text !== '').map((text) => colors.dim(` · ${text}`))
  return [
    `${sign(stage.state, colors)} ${colors.bold(stage.stage)} ${stage.state}${shown.join('')}`,
    ...(stage.reason === null ? [] : [`  ${oneLine(stage.reason, 300)}`]),
    ...(stage.instructions === null ? [] : part('instructions', stage.instructions)),
    ...(stage.input === null ? [] : part('input', stage.input)),
    ...(stage.prompt === null ? [] : part('prompt', stage.prompt)),
    ...attemptLines(stage.attempts, colors),
    ...innerLines(stage, money, colors),
    ...(stage.state === 'succeeded' || stage.state === 'remembered' ? part('output', stage.output) : []),
    ...(stage.failure === null
      ? []
      : [`  ${colors.red(`${stage.failure.kind}: ${terminalText(stage.failure.message)}`)}`]),
  ]
}

/** Each element of a map, each part of an input: a line of its own, and its stages below it. */
function innerLines({ stage, inner }: StageTrace, money: string, colors: Colors): string[] {
  const failed = inner.slice(SHOWN_INNER).filter(({ state }) => state === 'failed')
  const shown = [...inner.slice(0, SHOWN_INNER), ...failed.slice(0, SHOWN_INNER)]
  const lines = shown.flatMap((entry) => [
    innerTitle(stage, entry, colors),
    ...entry.stages.flatMap((own) => stageLines(own, money, colors)).map((line) => indent(line, 2)),
  ])
  const left = inner.length - shown.length
  if (left > 0) lines.push(colors.dim(`… ${left} more: \`--json\` prints them all.`))
  return lines.map((line) => indent(line, 2))
}

function innerTitle(stage: string, { label, state, input, failure }: InnerTrace, colors: Colors): string {
  const about = input === null ? '' : `: ${oneLine(typeof input === 'string' ? input : JSON.stringify(input), 100)}`
  const reason = failure === null ? '' : ` ${colors.red(failure.kind)}`
  return `${sign(state, colors)} ${colors.bold(`${stage} ${oneLine(label, 100)}`)} ${state}${reason}${colors.dim(about)}`
}

/** How a group came together, and where an item went. */
function groupLines({ group, inGroup }: ItemTrace, colors: Colors): string[] {
  const lines: string[] = []
  if (group !== null) {
    const members = group.members.slice(0, 20).join(', ')
    const more = group.members.length > 20 ? ', …' : ''
    lines.push(`  ${countText(group.members.length, 'member')} (${members}${more}), released by ${group.reason}`)
  }
  if (inGroup !== null) lines.push(`  taken into group ${inGroup}`)
  return lines.map((line) => colors.dim(line))
}

/** One line an attempt, where there was more to it than one good answer. */
function attemptLines(attempts: readonly Attempt[], colors: Colors): string[] {
  if (attempts.length < 2 && attempts[0]?.outcome.status !== 'lost') return []
  return attempts.map(({ number, purpose, latencyMs, outcome }) => {
    const time = latencyMs === null ? '' : ` after ${formatDuration(latencyMs)}`
    const result =
      outcome.status === 'failed'
        ? `${outcome.failure.kind}${time}: ${oneLine(outcome.failure.message, 200)}`
        : `${outcome.status}${time}`
    return colors.dim(`  attempt ${number} (${purpose}) ${result}`)
  })
}

function part(name: string, value: Json, margin = 2): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return [indent(name, margin), indent(terminalText(text).trimEnd(), margin + 2)]
}

function figures(
  { latencyMs, usage, costMicros }: Pick<StageTrace, 'latencyMs' | 'usage' | 'costMicros'>,
  money: string,
): string {
  if (usage.inputTokens + usage.outputTokens === 0) return formatDuration(latencyMs)
  return `${formatDuration(latencyMs)} · ${tokensText(usage)} · ${formatUsd(costMicros)}${money}`
}

function sign(state: ItemTrace['status'] | StageTrace['state'], colors: Colors): string {
  if (state === 'succeeded' || state === 'remembered') return colors.green('✓')
  return state === 'failed' ? colors.red('✕') : colors.dim('·')
}
