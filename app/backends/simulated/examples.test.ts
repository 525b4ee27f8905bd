import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Chain } from '../../../shared/chain.ts'
import { parseChain } from '../../../shared/chainDocument.ts'
import type { Json, JsonObject } from '../../../shared/json.ts'
import { namedSourcesOf } from '../../../shared/source.ts'
import { readAnswer } from '../../core/answer.ts'
import { type CompiledValue, type Scope, valueAsText } from '../../core/expression.ts'
import { loadSchemaCompiler } from '../../core/outputSchema.ts'
import type { Plan, PlannedModelStage } from '../../core/plan.ts'
import { planChain } from '../../core/planChain.ts'
import type { CompletionRequest, Message } from '../../ports/backend.ts'
import { createSimulatedBackend } from './simulated.ts'

const WORKSPACE = join(import.meta.dirname, '../../../examples/workspace')
const never = new AbortController().signal

/** What each ticket is about, by a person who has read it. Two tickets hold no readable text. */
const CATEGORIES: Record<string, string> = {
  billing: '10401 10408 10412 10420 10429 10435 10440 10449',
  bug: '10402 10407 10409 10414 10421 10424 10426 10436 10439 10443 10446 10450',
  shipping: '10403 10410 10417 10423 10431 10437 10447',
  account: '10404 10416 10419 10430 10433 10445',
  feature: '10405 10422 10432 10438',
  question: '10406 10418 10425 10434 10442 10448',
  other: '10411 10413 10415 10441 10444',
}

function read(file: string): string {
  return readFileSync(join(WORKSPACE, file), 'utf8')
}

function readFolder(folder: string): readonly JsonObject[] {
  return readdirSync(join(WORKSPACE, folder)).map((name) => ({ name, text: read(`${folder}/${name}`) }))
}

const tickets = readFolder('inputs/tickets')
const documents = readFolder('inputs/documents')
const companies: readonly JsonObject[] = parseCsv(read('inputs/companies.csv'), { columns: true })

function chainOf(name: string): Chain {
  const { chain, problems } = parseChain(read(`chains/${name}.chain.yaml`))
  expect(problems).toEqual([])
  if (chain === null) throw new Error(`${name} is not a chain`)
  return chain
}

interface Outcome {
  readonly item: JsonObject
  /** null: the item failed. */
  readonly output: JsonObject | null
  readonly turnedAway: number
  readonly repaired: number
}

/** A chain over items, without the engine: what the simulated models make of its prompts. */
async function run(
  name: string,
  items: readonly JsonObject[],
  tiers: Record<string, string> = {},
): Promise<readonly Outcome[]> {
  await loadSchemaCompiler()
  const planned = planChain(chainOf(name), { params: {}, tiers, stages: {} })
  if (!planned.ok) throw new Error(JSON.stringify(planned.problems))
  const backend = createSimulatedBackend({ speed: Number.POSITIVE_INFINITY })
  return Promise.all(items.map((item) => runItem(planned.plan, item, backend)))
}

async function runItem(
  plan: Plan,
  item: JsonObject,
  backend: ReturnType<typeof createSimulatedBackend>,
): Promise<Outcome> {
  const scope: { [name: string]: Json } = { item, params: plan.params }
  const counts = { turnedAway: 0, repaired: 0 }
  const lane = plan.lanes[0]
  if (lane === undefined) throw new Error('A plan has at least one lane.')
  for (const stage of lane.stages) {
    if (stage.when !== null && (await value(stage.when, scope)) === false) scope[stage.id] = null
    else if (stage.kind === 'transform') scope[stage.id] = await value(stage.value, scope)
    else if (stage.kind !== 'model') throw new Error(`A ${stage.kind} stage needs the engine.`)
    else {
      const answered = await ask(stage, scope, { backend, counts })
      if (answered === undefined) return { item, output: null, ...counts }
      scope[stage.id] = answered
    }
  }
  return { item, output: (await value(lane.output, scope)) as JsonObject, ...counts }
}

interface Asking {
  readonly backend: ReturnType<typeof createSimulatedBackend>
  readonly counts: { turnedAway: number; repaired: number }
}

async function ask(stage: PlannedModelStage, scope: Scope, { backend, counts }: Asking): Promise<Json | undefined> {
  const subject = stage.prompt ?? stage.input
  const prompt = subject === null ? (scope.item ?? null) : await value(subject, scope)
  const messages: Message[] = [{ role: 'user', text: valueAsText(prompt) }]
  const request: CompletionRequest = {
    model: `simulated-${stage.tier}`,
    keepInstructions: false,
    instructions: stage.instructions === null ? null : valueAsText(await value(stage.instructions, scope)),
    messages,
    schema: stage.schema,
    maxTokens: stage.maxTokens,
    parameters: stage.parameters,
  }
  for (let turn = 0; turn < 2; turn++) {
    let completion = await backend.complete({ ...request, messages: [...messages] }, never)
    if (!completion.ok) {
      counts.turnedAway++
      completion = await backend.complete({ ...request, messages: [...messages] }, never)
    }
    if (!completion.ok) return undefined
    const answer = readAnswer(completion.text, stage.check)
    if (answer.ok) {
      counts.repaired += turn
      return answer.output
    }
    messages.push({ role: 'assistant', text: completion.text }, { role: 'user', text: answer.failure.message })
  }
  return undefined
}

async function value(compiled: CompiledValue, scope: Scope): Promise<Json> {
  const evaluated = await compiled.evaluate(scope)
  if (!evaluated.ok) throw new Error(evaluated.failure.message)
  return evaluated.value
}

function flat(text: Json | undefined): string {
  return String(text)
    .replace(/<[^>]+>|[*#`>|]/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('the example workspace', () => {
  it('has as many lifelike inputs as a first launch needs', () => {
    expect(tickets.length).toBeGreaterThanOrEqual(40)
    expect(companies.length).toBeGreaterThanOrEqual(200)
    expect(documents.length).toBe(12)
    expect(new Set(companies.map(({ company }) => company)).size).toBe(companies.length)
  })

  it.each(readdirSync(join(WORKSPACE, 'chains')).filter((name) => name.endsWith('.chain.yaml')))(
    '%s has no problem, and its source is there',
    (file) => {
      const { source } = chainOf(file.replace('.chain.yaml', ''))
      if (source === undefined) return
      for (const one of Object.values(namedSourcesOf(source) ?? { source })) {
        const place = Object.values(one)[0]
        if (typeof place === 'string' && !('text' in one)) expect(existsSync(join(WORKSPACE, place)), place).toBe(true)
      }
    },
  )
})

describe('the simulated tiers on the example tickets', () => {
  async function agreement(tier: string): Promise<number> {
    const outcomes = await run('triage-tickets', tickets, { extract: 'frontier', classify: tier, draft: 'frontier' })
    const truth = new Map(
      Object.entries(CATEGORIES).flatMap(([category, ids]) => ids.split(' ').map((id) => [id, category])),
    )
    const told = outcomes.filter(({ item }) => truth.has(String(item.name).slice(0, 5)))
    const right = told.filter(({ item, output }) => output?.category === truth.get(String(item.name).slice(0, 5)))
    return right.length / truth.size
  }

  it('sort at least nine in ten as a person does at the frontier, fewer below it, and fewest on the local tier', async () => {
    const [local, standard, frontier] = [
      await agreement('local'),
      await agreement('standard'),
      await agreement('frontier'),
    ]
    expect(frontier).toBeGreaterThanOrEqual(0.9)
    expect(standard).toBeLessThanOrEqual(frontier)
    expect(local).toBeLessThan(standard)
    expect(local).toBeGreaterThan(0.5)
  })
})

describe('triage-tickets', () => {
  let outcomes: readonly Outcome[] = []
  beforeAll(async () => {
    outcomes = await run('triage-tickets', tickets)
  })

  it('shows mostly successes, a few failures, a repair and a retry on the first launch', () => {
    const failed = outcomes.filter(({ output }) => output === null)
    expect(failed.length).toBeGreaterThanOrEqual(2)
    expect(failed.length).toBeLessThanOrEqual(6)
    expect(outcomes.some(({ repaired }) => repaired > 0)).toBe(true)
    expect(outcomes.some(({ turnedAway }) => turnedAway > 0)).toBe(true)
  })

  it('fails on the ticket that holds only an encoded attachment', () => {
    expect(outcomes.find(({ item }) => item.name === '10428-forwarded-attachment.txt')?.output).toBeNull()
  })

  it('copies order numbers that stand in the ticket', () => {
    const named = outcomes.filter(({ output }) => typeof output?.order_number === 'string')
    expect(named.length).toBeGreaterThan(8)
    for (const { item, output } of named) expect(item.text).toContain(String(output?.order_number))
  })

  it('drafts replies to people, in their language, and none to machines', () => {
    const reply = (id: string) => outcomes.find(({ item }) => String(item.name).startsWith(id))?.output?.reply
    expect(reply('10403')).toMatch(/^Dear Ingrid Solheim,[\s\S]+NL-48211[\s\S]+The Northlight support team$/)
    expect(reply('10408')).toMatch(/^Guten Tag/)
    expect(reply('10437')).toMatch(/^Hola, Lucía Fernández:/)
    expect(reply('10413')).toBeNull()
  })
})

describe('enrich-companies', () => {
  it('cleans rows, knows sizes by their numbers, and puts firms with vehicles first', async () => {
    const outcomes = await run('enrich-companies', companies, { enrich: 'frontier' })
    const rows = outcomes.flatMap(({ output }) => (output === null ? [] : [output]))
    expect(rows.length).toBe(companies.length)
    const row = (company: string) => rows.find((each) => each.company === company)
    expect(row('Nimbus Rechenzentren')).toMatchObject({
      website: 'https://nimbus-rz.example',
      country: 'Germany',
      employees: 150,
      size: 'medium',
    })
    expect(row('Gruppo Ceramiche Ferrari')).toMatchObject({ employees: 720, size: 'large' })
    expect(row("Tinker's Yard")).toMatchObject({ employees: 7, size: 'micro' })
    expect(row('Blank & Partners')).toMatchObject({ employees: null, size: 'unknown' })
    const fits = (some: readonly JsonObject[]) => some.reduce((sum, { fit }) => sum + Number(fit), 0) / some.length
    const isMobile = ({ company }: JsonObject) =>
      /\b(?:vans|trucks|couriers?|fleet)\b/i.test(
        String(companies.find((each) => String(each.company).trim() === company)?.description),
      )
    expect(fits(rows.filter(isMobile))).toBeGreaterThan(fits(rows.filter((each) => !isMobile(each))) + 12)
  })
})

describe('review-documents', () => {
  it('answers with what stands in the documents', async () => {
    const outcomes = await run('review-documents', documents, { classify: 'standard' })
    for (const { item, output } of outcomes) {
      const text = flat(item.text)
      expect(output, String(item.name)).not.toBeNull()
      const { amounts, dates } = output as { amounts: readonly string[]; dates: readonly string[] }
      for (const found of [...amounts, ...dates]) expect(text).toContain(found)
      const sentences = String(output?.summary)
        .split(/(?<=[.!?])\s+/)
        .map((sentence) => flat(sentence).trim().slice(0, 60))
      const told = sentences.filter((sentence) => text.includes(sentence))
      expect(told.length / sentences.length, String(item.name)).toBeGreaterThan(0.6)
    }
  })

  it('tells the kinds of documents apart at the frontier', async () => {
    const outcomes = await run('review-documents', documents, { classify: 'frontier' })
    expect(Object.fromEntries(outcomes.map(({ item, output }) => [item.name, output?.kind]))).toEqual({
      'contract-cleaning.md': 'contract',
      'incident-cold-store.html': 'report',
      'letter-tenant-heating.txt': 'letter',
      'minutes-board-february.md': 'minutes',
      'minutes-works-committee.txt': 'minutes',
      'nda-mutual.txt': 'contract',
      'policy-passwords.txt': 'policy',
      'policy-travel-expenses.md': 'policy',
      'press-release-tidal-kite.html': 'press release',
      'quarterly-report-q4.md': 'report',
      'report-flood-inquiry.md': 'report',
      'research-note-night-buses.md': 'research note',
    })
  })
})
