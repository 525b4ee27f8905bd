import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { CHAIN_FILE, type Reading } from './reading.ts'

/**
 * Rows four and five of DESIGN's budgets, each run in a fresh process:
 *   node bench/million.ts [items]
 * One run over all items, with its memory twice a second; then a run that is killed half way and resumed; then a run that
 * gathers all items in groups of 100.
 */
/** Those of scripts/jacquard.mjs. */
const FLAGS = ['--disable-warning=ExperimentalWarning', '--min-semi-space-size=8', '--max-semi-space-size=16']
const CITIES = ['Lyon', 'Porto', 'Tartu', 'Graz', 'Turku']
const items = Number(process.argv[2] ?? 1_000_000)

const HEAD = `jacquard: 1
source: { jsonl: items.jsonl }
sink: { jsonl: results.jsonl }
stages:
  label: { kind: transform, value: "{{ item.name }} of {{ item.city }}" }
`
const EACH = `${HEAD}  row: { kind: transform, value: { label: "{{ label }}", amount: "{{ item.amount }}" } }
output: "{{ row }}"
`
const GATHERED = `${HEAD}  hundred: { kind: gather, size: 100, value: { label: "{{ label }}", amount: "{{ item.amount }}" } }
  sum: { kind: transform, value: { first: "{{ items[0].label }}", amount: "{{ $sum(items.amount) }}" } }
`

const folder = await mkdtemp(join(tmpdir(), 'jacquard-million-'))
try {
  const file = join(folder, 'items.jsonl')
  await writeItems(file)
  const each = await workspaceOf('each', EACH, file)
  await wholeRun(each, 'items')
  await resumedRun(each)
  await wholeRun(await workspaceOf('gathered', GATHERED, file), 'items gathered in groups of 100')
} finally {
  await rm(folder, { recursive: true })
}

async function workspaceOf(name: string, chain: string, file: string): Promise<string> {
  const workspace = join(folder, name)
  await mkdir(workspace)
  await writeFile(join(workspace, CHAIN_FILE), chain)
  await link(file, join(workspace, 'items.jsonl'))
  return workspace
}

async function wholeRun(workspace: string, what: string): Promise<void> {
  const readings: Reading[] = []
  for await (const reading of start(workspace, 'launch').readings) {
    print(`${seconds(reading)} s  ${reading.finished} items  ${reading.rssMb} MB`)
    readings.push(reading)
  }
  const last = readings.findLast(({ finished }) => finished === items)
  const reached = readings.find(({ finished }) => finished === items)
  if (last === undefined || reached === undefined) throw new Error('The run did not finish.')
  const memory = readings.filter(({ finished }) => finished >= items / 10).map(({ rssMb }) => rssMb)
  print(`${items} ${what}: ${Math.round((items * 1000) / reached.elapsedMs)} items/s to the last item (≥ 20,000)`)
  print(`${Math.round((items * 1000) / last.elapsedMs)} items/s with the results file`)
  print(`memory from a tenth on: ${Math.min(...memory)} to ${Math.max(...memory)} MB (< 400)`)
}

async function resumedRun(workspace: string): Promise<void> {
  const killed = start(workspace, 'launch')
  for await (const { finished } of killed.readings) if (finished >= items / 2) killed.process.kill('SIGKILL')
  const resumed = start(workspace, 'resume')
  for await (const reading of resumed.readings) {
    if (reading.finished === reading.finishedBefore) continue
    print(`resumed after ${reading.finishedBefore} items: first new item after ${seconds(reading)} s (≤ 2)`)
    resumed.process.kill('SIGKILL')
    return
  }
}

function start(
  workspace: string,
  how: 'launch' | 'resume',
): { process: ChildProcess; readings: AsyncIterable<Reading> } {
  const script = new URL('transformRun.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [...FLAGS, script, workspace, how], { stdio: ['ignore', 'pipe', 'inherit'] })
  return { process: child, readings: parsed(createInterface({ input: child.stdout })) }
}

async function* parsed(lines: AsyncIterable<string>): AsyncGenerator<Reading> {
  for await (const line of lines) yield JSON.parse(line) as Reading
}

async function writeItems(file: string): Promise<void> {
  const stream = createWriteStream(file)
  for (let index = 0; index < items; index++) {
    const item = { id: index, name: `Customer ${index}`, city: CITIES[index % CITIES.length], amount: index % 9973 }
    if (!stream.write(`${JSON.stringify(item)}\n`)) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
}

function seconds({ elapsedMs }: Reading): string {
  return (elapsedMs / 1000).toFixed(2)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
