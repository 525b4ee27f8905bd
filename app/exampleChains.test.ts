import { cp, readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parseChain } from '../shared/chainDocument.ts'
import { parseSuite } from '../shared/evaluations/parseSuite.ts'
import type { LaunchOptions } from '../shared/run.ts'
import { SOURCE_KINDS, sourceKind } from '../shared/source.ts'
import { STAGE_KINDS } from '../shared/stages.ts'
import { allStages } from '../shared/stageTree.ts'
import { createApp } from './index.ts'
import { runToEnd } from './testing/followRun.ts'
import { aWorkspace, type TestWorkspace } from './testing/workspace.ts'

const EXAMPLES = join(import.meta.dirname, '../examples/workspace')

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close()
})

async function examples(): Promise<TestWorkspace> {
  const workspace = await aWorkspace()
  opened.push({ close: () => workspace.remove() })
  for (const part of ['chains', 'inputs', 'workers'])
    await cp(join(EXAMPLES, part), join(workspace.folder, part), { recursive: true })
  return workspace
}

async function runExample(name: string, options: LaunchOptions = {}) {
  const workspace = await examples()
  const app = await createApp({ workspace: workspace.folder, host: 'cli', env: { JACQUARD_SIMULATED_SPEED: '200' } })
  opened.push(app)
  const text = await workspace.read(`chains/${name}.chain.yaml`)
  return { workspace, summary: await runToEnd(app, text, { concurrency: 16, ...options }) }
}

describe('the example workspace', () => {
  it('has a chain for every kind of stage, and each can be run as it stands', async () => {
    const workspace = await examples()
    const app = await createApp({ workspace: workspace.folder, host: 'cli', env: {} })
    opened.push(app)
    const kinds = new Set<string>()
    const sources = new Set<string>()
    const files = await readdir(join(workspace.folder, 'chains'))
    for (const file of files.filter((name) => name.endsWith('.eval.yaml')))
      expect([file, parseSuite(await workspace.read(`chains/${file}`)).problems]).toEqual([file, []])
    for (const file of files.filter((name) => name.endsWith('.chain.yaml'))) {
      const text = await workspace.read(`chains/${file}`)
      const checked = await app.call('chains.check', { text })
      expect([file, checked.ok && checked.value.problems]).toEqual([file, []])
      const { chain } = parseChain(text)
      if (chain === null) continue
      for (const { stage } of allStages(chain)) kinds.add(stage.kind)
      if (chain.source !== undefined) sources.add(sourceKind(chain.source))
    }
    expect([...kinds].sort()).toEqual([...STAGE_KINDS].sort())
    expect(
      [...sources].filter((kind) => kind === 'several' || (SOURCE_KINDS as readonly string[]).includes(kind)),
    ).toContain('several')
  })

  it('digests documents section by section into a file each', async () => {
    const { workspace, summary } = await runExample('digest-documents')
    expect(summary.counts).toMatchObject({ succeeded: 12, failed: 0 })
    const files = await readdir(join(workspace.folder, 'results/digests'))
    expect(files).toHaveLength(12)
    expect(await workspace.read('results/digests/contract-cleaning.md')).toMatch(
      /^# contract-cleaning\.md\n\n.+\n\n\*13 sections\*\n$/s,
    )
  })

  it('gathers tickets of one category, five to a call, into one document', async () => {
    const { workspace, summary } = await runExample('themes-of-the-week')
    const { succeeded, failed, skipped } = summary.counts
    expect([succeeded + failed + skipped, summary.items]).toEqual([50, 50])
    expect(succeeded).toBeGreaterThan(40)
    const [gather] = summary.lanes.flatMap((lane) => lane.gather ?? [])
    expect(gather?.members).toBe(succeeded)
    expect(summary.packs[0]?.calls).toBeLessThan(30)
    const text = await workspace.read('results/themes-of-the-week.md')
    expect(text.match(/^- /gm)).toHaveLength(succeeded)
  })

  it('finds tasks in a map within a map', async () => {
    const { workspace, summary } = await runExample('tasks-from-minutes')
    expect(summary.counts.succeeded).toBe(2)
    const [line] = await workspace.lines('results/tasks-from-minutes.jsonl')
    expect(line?.output).toMatchObject({
      tasks: expect.arrayContaining([
        { task: expect.any(String), who: expect.any(String), urgency: expect.any(String) },
      ]),
    })
  })

  it('joins orders and customers, and says what found no partner', async () => {
    const { workspace, summary } = await runExample('match-orders', { output: 'results/pairs.jsonl' })
    expect(summary.counts).toMatchObject({ succeeded: 14, skipped: 2, failed: 0 })
    const lines = await workspace.lines('results/pairs.jsonl')
    const pairs = lines
      .filter(({ lane }) => lane === 1)
      .map(({ output }) => output as { order: string; customer: string })
    expect(pairs).toHaveLength(7)
    expect(pairs.find(({ order }) => order === 'A-1004')?.customer).toBe('Marek Dvořák')
    const alone = lines.filter(({ lane }) => lane === 0)
    expect(alone.map(({ key, stages }) => [key, stages.pair?.reason])).toEqual([
      ['orders/5', 'unmatched'],
      ['customers/8', 'unmatched'],
    ])
  })

  it('reads records of a log and explains those that matter, hour by hour', async () => {
    const { workspace, summary } = await runExample('incidents-from-log')
    expect(summary.counts.failed).toBe(0)
    const hours = (await workspace.lines('results/incidents-from-log.jsonl')).filter(({ lane }) => lane === 1)
    expect(hours.map(({ key }) => key)).toEqual(['2026-03-09 09:00', '2026-03-09 11:00', '2026-03-09 12:00'])
  })

  it('uses a chain as a stage of another', async () => {
    const { workspace, summary } = await runExample('board-briefing')
    expect(summary.counts).toMatchObject({ succeeded: 4, failed: 0 })
    const [line] = await workspace.lines('results/board-briefing.jsonl')
    expect(line?.output).toMatchObject({ document: expect.any(String), kind: expect.any(String) })
  })

  it('fetches a page for every row, and goes on where there is none', async () => {
    const server = createServer((request, response) => {
      const company = new URL(request.url ?? '/', 'http://x').searchParams.get('company') ?? ''
      response.writeHead(company.startsWith('F') ? 404 : 200, { 'content-type': 'text/html' })
      response.end(`${company} builds looms.`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    opened.push({ close: () => new Promise((resolve) => server.close(() => resolve())) })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The server has no port.')
    const { workspace, summary } = await runExample('look-up-websites', {
      params: { address: `http://127.0.0.1:${address.port}` },
      limit: 12,
      output: 'results/pages.jsonl',
    })
    expect(summary.counts.succeeded).toBe(12)
    const lines = await workspace.lines('results/pages.jsonl')
    for (const { output } of lines) {
      const { company, found } = output as { company: string; found: boolean }
      expect([company, found]).toEqual([company, !company.startsWith('F')])
    }
  })

  it('reads a folder of every kind of file, broken ones among them, one right line for each', async () => {
    const { workspace, summary } = await runExample('sort-mailroom', { output: 'results/mail.jsonl' })
    expect(summary.counts).toMatchObject({ succeeded: 8, failed: 1 })
    const lines = await workspace.lines('results/mail.jsonl')
    expect(lines.map(({ key, status, error }) => [key, status, error?.kind ?? null])).toEqual([
      ['2026-03/complaint-lenses.docx', 'succeeded', null],
      ['2026-03/invitation.eml', 'succeeded', null],
      ['2026-03/offer-solar-roof.pdf', 'succeeded', null],
      ['2026-03/parcels.xlsx', 'succeeded', null],
      ['2026-03/visitors-chart.png', 'succeeded', null],
      ['note-from-gate.txt', 'succeeded', null],
      ['price-list.html', 'succeeded', null],
      ['reading.json', 'succeeded', null],
      ['scan-cut-off.pdf', 'failed', 'source'],
    ])
  })
})
