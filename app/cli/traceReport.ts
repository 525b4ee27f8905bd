import { formatDuration, formatUsd } from '../../shared/format.ts'
import type { Json } from '../../shared/json.ts'
import type { Attempt, ItemTrace, StageTrace } from '../../shared/trace.ts'
import { countText, tokensText } from './spend.ts'
import type { Colors } from './standardStreams.ts'
import { indent, oneLine, terminalText } from './terminalText.ts'

/** Everything known of one item, for a person: what `test` and `show --item` print. */
export function traceReport(trace: ItemTrace, simulated: boolean, colors: Colors): string[] {
  const money = simulated ? ' play money' : ''
  const title = `${sign(trace.status, colors)} ${colors.bold(oneLine(trace.key, 100))} ${trace.status}`
  const item = trace.itemProblem ?? JSON.stringify(trace.item)
  return [
    `${title}${colors.dim(` · ${figures(trace, money)}`)}`,
    colors.dim(`  item ${trace.index}: ${oneLine(item, 200)}`),
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
    stage.kind === 'model' ? [last?.tier, last?.model].filter((word) => word !== undefined).join(' ') : stage.kind,
  ]
  if (stage.attempts.length > 0) what.push(countText(stage.attempts.length, 'attempt'))
  const isRun = stage.state !== 'skipped' && stage.state !== 'waiting'
  if (isRun) what.push(stage.kind === 'model' ? figures(stage, money) : formatDuration(stage.latencyMs))
  const shown = what.filter((text) => text !== '').map((text) => colors.dim(` · ${text}`))
  return [
    `${sign(stage.state, colors)} ${colors.bold(stage.stage)} ${stage.state}${shown.join('')}`,
    ...(stage.reason === null ? [] : [`  ${oneLine(stage.reason, 300)}`]),
    ...(stage.instructions === null ? [] : part('instructions', stage.instructions)),
    ...(stage.input === null ? [] : part('input', stage.input)),
    ...(stage.prompt === null ? [] : part('prompt', stage.prompt)),
    ...attemptLines(stage.attempts, colors),
    ...(stage.state === 'succeeded' || stage.state === 'remembered' ? part('output', stage.output) : []),
    ...(stage.failure === null
      ? []
      : [`  ${colors.red(`${stage.failure.kind}: ${terminalText(stage.failure.message)}`)}`]),
  ]
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
