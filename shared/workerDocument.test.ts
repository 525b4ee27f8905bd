import { describe, expect, it } from 'vitest'
import { parseTemplate } from './template.ts'
import { parseWorker } from './workerDocument.ts'

/** As a Heddle worker file has it: every key that is read. */
const HEDDLE = `name: ticket_triage
description: Classifies a support ticket.
worker_kind: llm
system_prompt: |
  You classify tickets.
  Answer with JSON only.
input_schema:
  type: object
  required: [text]
  properties: { text: { type: string, minLength: 1 } }
output_schema:
  type: object
  required: [category]
  properties: { category: { type: string, enum: [a, b] } }
default_model_tier: local
max_input_tokens: 4000
max_output_tokens: 500
timeout_seconds: 30
reset_after_task: true
knowledge_sources:
  - { path: kb/glossary.md, inject_as: reference }
  - { path: kb/examples.yaml, inject_as: few_shot }
knowledge_silos:
  - { name: rules, type: folder, path: kb/rules, permissions: read }
`
const SMALLEST = 'name: a\nsystem_prompt: Do it.\n'
const messages = (text: string) =>
  parseWorker(text).problems.map(({ severity, line, message }) => ({ severity, line, message }))

describe('a worker file', () => {
  it('written for Heddle is read as it is', () => {
    expect(parseWorker(HEDDLE)).toEqual({
      problems: [],
      worker: {
        name: 'ticket_triage',
        description: 'Classifies a support ticket.',
        tier: 'local',
        instructions: 'You classify tickets.\nAnswer with JSON only.\n',
        inputSchema: { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } },
        output: {
          type: 'object',
          required: ['category'],
          properties: { category: { type: 'string', enum: ['a', 'b'] } },
        },
        maxTokens: 500,
        maxInputTokens: 4000,
        timeout: 30,
        knowledge: [
          { file: 'kb/glossary.md', as: 'reference' },
          { file: 'kb/examples.yaml', as: 'examples' },
          { file: 'kb/rules/', as: 'reference' },
        ],
      },
    })
  })

  it('takes our further keys beside those', () => {
    const text = `${SMALLEST}prompt: "{{ item.text }}"\ntemperature: 0\nparameters: { top_k: 1 }\ntooLong: split\nrepair: 2\nescalate: frontier\n`
    expect(parseWorker(text)).toMatchObject({
      problems: [],
      worker: {
        prompt: '{{ item.text }}',
        temperature: 0,
        parameters: { top_k: 1 },
        tooLong: 'split',
        repair: 2,
        escalate: 'frontier',
      },
    })
  })

  it('may name its tier in the older way, which the newer one overrides', () => {
    expect(parseWorker(`${SMALLEST}default_tier: local\n`)).toMatchObject({ problems: [], worker: { tier: 'local' } })
    const both = parseWorker(`${SMALLEST}default_tier: local\ndefault_model_tier: frontier\n`)
    expect(both).toMatchObject({ worker: { tier: 'frontier' }, problems: [{ severity: 'warning', line: 3 }] })
  })

  it.each([
    ['worker_kind: processor', 'processor'],
    ['worker_kind: robot', 'robot'],
    ['reset_after_task: false', 'nothing is kept'],
    ['resolve_file_refs: [file]', 'folder'],
    ['input_schema_ref: pkg.Model', 'input_schema'],
    ['output_schema_ref: pkg.Model', 'output_schema'],
    ['knowledge_silos: [{ name: x, type: tool, provider: a.B }]', 'fetch'],
    ['knowledge_silos: [{ name: x, type: folder, path: kb, permissions: read_write }]', 'only be read'],
    ['knowledge_silos: [{ name: x, type: folder_readonly, path: kb }]', 'folder_readonly'],
    ['knowledge_silos: [{ name: x, type: folder }]', 'path'],
  ])('is refused for what cannot be done, by name and with what to do: %s', (line, says) => {
    const { worker, problems } = parseWorker(`${SMALLEST}${line}\n`)
    expect(worker).toBeNull()
    expect(problems).toMatchObject([{ severity: 'error', line: 3 }])
    expect(problems[0]?.message).toContain(says)
    expect(problems[0]?.message).toContain(
      line.split(':')[0]?.startsWith('knowledge') === true ? '' : line.split(':')[0],
    )
  })

  it('of a processor says so of each of its keys, and does not ask for a system prompt too', () => {
    const text = 'name: a\nworker_kind: processor\nprocessing_backend: a.B\nbackend_config: { command: [ls] }\n'
    expect(messages(text).map(({ line }) => line)).toEqual([2, 3, 4])
    expect(messages(text).at(0)?.message).toContain('processor')
  })

  it.each(['temprature: 1', 'output_constraints: x', 'workspace_dir: ./ws', 'backend_config: {}'])(
    'is used although it holds what says nothing here, with a warning at its line: %s',
    (line) => {
      const { worker, problems } = parseWorker(`${SMALLEST}${line}\n`)
      expect(worker?.name).toBe('a')
      expect(problems).toMatchObject([{ severity: 'warning', line: 3, column: 1 }])
    },
  )

  it('names the key that was probably meant', () => {
    expect(messages(`${SMALLEST}max_output_token: 5\n`)[0]?.message).toContain('Did you mean `max_output_tokens`?')
  })

  it('is refused with the lines of all that does not fit', () => {
    expect(
      messages('system_prompt: Do it.\nmax_output_tokens: -1\nknowledge_sources:\n  - { inject_as: all }\n'),
    ).toMatchObject([
      { severity: 'error', line: 1, message: '`name` is missing.' },
      { severity: 'error', line: 2 },
      { severity: 'error', line: 3 },
      { severity: 'error', line: 4 },
    ])
    expect(messages('name: [')).toMatchObject([{ severity: 'error', line: 1 }])
    expect(messages('')).toMatchObject([{ severity: 'error' }, { severity: 'error' }])
    expect(messages('- a\n')).toMatchObject([{ severity: 'error' }])
  })

  it('has its system prompt sent as it stands, braces included', () => {
    const prompt = 'Answer {"a": {"b": "{{ item.text }}"}} and "}}" and \\n.'
    const { worker, problems } = parseWorker(`name: a\nsystem_prompt: ${JSON.stringify(prompt)}\n`)
    const { template, problems: broken } = parseTemplate(worker?.instructions ?? '')
    expect([broken, template.exact]).toEqual([[], true])
    const [part] = template.parts
    expect(part?.kind === 'expression' && JSON.parse(part.source)).toBe(prompt)
    expect(problems).toMatchObject([{ severity: 'warning', line: 2 }])
  })
})
