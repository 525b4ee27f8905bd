import { afterEach, describe, expect, it } from 'vitest'
import type { ItemTrace } from '../shared/trace.ts'
import { type App, createApp } from './index.ts'
import { nextEnd } from './testing/followRun.ts'
import { type ProviderAnswer, type ProviderCall, startProvider } from './testing/provider.ts'
import { aWorkspace, type TestWorkspace, threeTiers } from './testing/workspace.ts'

const WORKER = `# Kept
name: classifier
description: Sorts tickets.
system_prompt: Sort it.
default_model_tier: local
`
/** Uses the worker twice, once within a map. */
const CHAIN = `jacquard: 1
source: { text: [ a ] }
stages:
  one: { kind: model, worker: classifier } # first
  each:
    kind: map
    over: "{{ [1, 2] }}"
    as: number
    stages:
      two: { kind: model, worker: classifier, prompt: "{{ number }}" }
  three: { kind: model, worker: other, prompt: x }
`

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close()
})

async function anApp(files: Record<string, string>): Promise<{ app: App; workspace: TestWorkspace; events: string[] }> {
  const workspace = await aWorkspace(files)
  const app = await createApp({ workspace: workspace.folder, host: 'cli', env: { TEST_KEY: 'k' } })
  opened.push({ close: () => workspace.remove() }, app)
  const events: string[] = []
  app.listen(({ kind }) => events.push(kind))
  return { app, workspace, events }
}

describe('workers', () => {
  it('are listed with what they are, what is wrong with them, and which chains use them', async () => {
    const { app } = await anApp({
      'workers/classifier.yaml': WORKER,
      'workers/broken.yaml': 'name: broken\nworker_kind: processor\nsystem_promt: x\n',
      'chains/a.chain.yaml': CHAIN,
      'chains/b.chain.yaml': 'jacquard: 1\nstages: {}\n',
    })
    expect(await app.call('workers.list', {})).toMatchObject({
      value: [
        { file: 'workers/broken.yaml', name: 'broken', tier: null, errors: 1, warnings: 1, usedBy: [] },
        {
          name: 'classifier',
          description: 'Sorts tickets.',
          tier: 'local',
          errors: 0,
          warnings: 0,
          usedBy: ['chains/a.chain.yaml'],
        },
      ],
    })
  })

  it('are followed through the chains that use them when they are renamed', async () => {
    const { app, workspace, events } = await anApp({ 'workers/classifier.yaml': WORKER, 'chains/a.chain.yaml': CHAIN })
    const renamed = await app.call('workers.rename', { file: 'workers/classifier.yaml', name: 'Sorter' })
    expect(renamed).toEqual({ ok: true, value: { file: 'workers/sorter.yaml', chains: ['chains/a.chain.yaml'] } })
    expect(await workspace.read('chains/a.chain.yaml')).toBe(CHAIN.replaceAll('worker: classifier', 'worker: sorter'))
    expect(await workspace.read('workers/sorter.yaml')).toBe(WORKER.replace('name: classifier', 'name: sorter'))
    expect(events).toEqual(expect.arrayContaining(['workersChanged', 'chainsChanged']))
  })

  it('are checked by what only the host knows: tiers and schemas', async () => {
    const { app } = await anApp({})
    const text =
      'name: a\nsystem_prompt: x\ninput_schema: { type: strin }\ndefault_model_tier: huge\nescalate: frontier\n'
    const checked = await app.call('workers.check', { text })
    expect(checked.ok && checked.value.problems.map(({ line, severity }) => ({ line, severity }))).toEqual([
      { line: 3, severity: 'error' },
      { line: 4, severity: 'error' },
    ])
  })

  it('that are new are without a fault', async () => {
    const { app } = await anApp({})
    const created = await app.call('workers.create', { name: 'Sum up' })
    const text = created.ok ? created.value.text : ''
    expect(text).toContain('name: sum_up\n')
    expect(await app.call('workers.check', { text })).toEqual({ ok: true, value: { problems: [] } })
  })

  it('that changed on disk are told of', async () => {
    const { app, workspace, events } = await anApp({ 'workers/classifier.yaml': WORKER })
    const told = new Promise<void>((resolve) => app.listen(({ kind }) => kind === 'workersChanged' && resolve()))
    await workspace.write('workers/classifier.yaml', `${WORKER}# more\n`)
    await told
    expect(events).toContain('workersChanged')
  })

  it('are saved, and an earlier version is brought back by saving it again', async () => {
    const { app, workspace } = await anApp({ 'workers/classifier.yaml': WORKER })
    const file = 'workers/classifier.yaml'
    const read = await app.call('workers.read', { file })
    const saved = await app.call('workers.write', {
      file,
      text: 'name: x\n',
      version: read.ok ? read.value.version : '',
    })
    const versions = await app.call('workers.versions', { file })
    const oldest = versions.ok ? (versions.value.at(-1)?.version ?? '') : ''
    const earlier = await app.call('workers.version', { file, version: oldest })
    expect(earlier).toEqual({ ok: true, value: { text: WORKER } })
    await app.call('workers.write', { file, text: WORKER, version: saved.ok ? saved.value.version : '' })
    expect(await workspace.read(file)).toBe(WORKER)
    const after = await app.call('workers.versions', { file })
    expect(after.ok && after.value.map(({ textVersion }) => textVersion === (read.ok && read.value.version))).toEqual([
      true,
      false,
      true,
    ])
  })
})

/** As the Workers screen tries one: alone, its input as the item. */
const ALONE = `jacquard: 1
stages:
  answer: { kind: model, worker: triage, input: "{{ item }}" }
`
const TRIAGE = `name: triage
system_prompt: |
  Sort it. Answer {"category": …}, never {{ this }}.
input_schema: { type: object, required: [text], properties: { text: { type: string, minLength: 1 } } }
output_schema: { type: object, required: [category], properties: { category: { enum: [bug, other] } } }
default_model_tier: openai
max_output_tokens: 50
knowledge_sources:
  - { path: kb/glossary.md }
  - { path: kb/examples.yaml, inject_as: few_shot }
knowledge_silos:
  - { name: rules, type: folder, path: kb/rules, permissions: read }
`

describe('a worker that is tried alone', () => {
  const answerBug = () => ({ text: '{"category":"bug"}' })
  async function tried(
    input: { readonly text: string },
    {
      worker = TRIAGE,
      answer = answerBug as () => ProviderAnswer,
    }: { worker?: string; answer?: () => ProviderAnswer } = {},
  ): Promise<{ trace: ItemTrace; calls: readonly ProviderCall[] }> {
    const provider = await startProvider(answer)
    opened.push(provider)
    const { app } = await anApp({
      'workers/triage.yaml': worker,
      'kb/glossary.md': 'A bug is a fault.',
      'kb/examples.yaml': '- { input: It broke., output: { category: bug } }\n',
      'kb/rules/a.md': 'Be strict.',
      'jacquard.yaml': threeTiers(provider.origin),
    })
    const ended = nextEnd(app)
    const started = await app.call('runs.test', { text: ALONE, file: null, item: { value: input } })
    if (!started.ok) throw new Error(JSON.stringify(started.error))
    await ended
    const trace = await app.call('runs.trace', { run: started.value.run, index: 0 })
    if (!trace.ok) throw new Error(trace.error.message)
    return { trace: trace.value, calls: provider.calls }
  }

  it('is asked as Heddle would ask: knowledge and system prompt as they stand, the input as JSON', async () => {
    const { trace, calls } = await tried({ text: 'It is slow.' })
    expect(calls[0]?.prompt).toBe('{\n  "text": "It is slow."\n}')
    expect(calls[0]?.body).toMatchObject({ model: 'm-openai', max_tokens: 50 })
    const parts = [
      'A bug is a fault.',
      'It broke.',
      '## a.md',
      'Be strict.',
      'Sort it. Answer {"category": …}, never {{ this }}.',
    ]
    const places = parts.map((part) => calls[0]?.system.indexOf(part) ?? -1)
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(trace.output).toEqual({ answer: { category: 'bug' } })
  })

  it('is not asked at all where its input does not fit', async () => {
    const { trace, calls } = await tried({ text: '' })
    expect([trace.status, trace.error?.kind, calls.length]).toEqual(['failed', 'invalid_input', 0])
  })

  it('has its answer checked in full', async () => {
    const { trace, calls } = await tried({ text: 'x' }, { answer: () => ({ text: '{"category":"praise"}' }) })
    // Asked once, once again with what is wrong, and all of it twice more from the beginning.
    expect([trace.status, trace.error?.kind, calls.length]).toEqual(['failed', 'invalid_output', 6])
  })

  it('is refused with its file and line where it cannot be used', async () => {
    const refused = tried({ text: 'x' }, { worker: `${TRIAGE}worker_kind: processor\n` })
    await expect(refused).rejects.toThrow(/workers\/triage\.yaml:\d+: .*processor/)
  })
})
