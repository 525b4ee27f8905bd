import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FAILURE_KINDS, type FailureKind } from './failure.ts'
import { causeOf, causeTitle, type FailedWith, isAnswerCut } from './failureCause.ts'

type Group = readonly [title: string, place: `${string} ${FailureKind}`, ...messages: string[]]

/** Messages as the program makes them; each line is one cause. */
const GROUPS: readonly Group[] = [
  [
    'Answer cut off at 1,024 tokens',
    'draft too_long',
    "The answer was cut off after 1024 tokens by its limit of tokens (maxTokens) or the model's context window.",
    "The answer was cut off after 512 tokens by its limit of tokens (maxTokens) or the model's context window.",
    'The answer was cut off after 64 tokens by its limit of tokens (maxTokens).',
    'The answer was cut off at 300 tokens. Raise maxTokens or ask for less.',
  ],
  [
    "Answer cut off by the model's context after 812 tokens",
    'draft too_long',
    "The answer was cut off after 812 tokens by the end of the model's context window.",
    "The answer was cut off after 9 tokens by the end of the model's context window.",
  ],
  [
    'Question too long',
    'draft too_long',
    'The input has about 9120 tokens, over the limit of 8192 (what the model can take). Shorten the input, or have it cut or asked in parts (`tooLong`).',
    'The prompt is too long for the model (400): This model has a maximum context length of 8192 tokens.',
    'The prompt is too long for the model (413)',
    'The prompt has about 12000 tokens; simulated-local takes 8000. Shorten it or choose a larger model.',
  ],
  [
    'Answer longer than 5,000,000 bytes',
    'page too_long',
    'The answer is longer than 5000000 bytes. Raise `maxBytes`, or ask for less.',
    'The answer is longer than 1000 bytes. Raise `maxBytes`, or ask for less.',
  ],
  [
    'Answer lacks `date`',
    'extract invalid_output',
    "The answer does not fit the output schema: the answer must have required property 'date'.",
    "The answer does not fit the output schema: the answer must have required property 'date'; amount must be number.",
    "The answer does not fit the output schema: the answer must have required property 'date'; a must be string; b must be string; ….",
  ],
  [
    'Answer lacks `lines.#.price`',
    'extract invalid_output',
    "The answer does not fit the output schema: lines.0 must have required property 'price'.",
    "The answer does not fit the output schema: lines.12 must have required property 'price'; lines.13 must be object.",
  ],
  [
    'Answer: `category` must be one of "bug", "billing; other"',
    'extract invalid_output',
    'The answer does not fit the output schema: category must be one of "bug", "billing; other".',
    'The answer does not fit the output schema: category must be one of "bug", "billing; other"; amount must be number.',
  ],
  [
    'Answer: `amount` must be number',
    'extract invalid_output',
    'The answer does not fit the output schema: amount must be number.',
  ],
  [
    'Answer must not have the key "note"',
    'extract invalid_output',
    'The answer does not fit the output schema: the answer must not have the key "note".',
    'The answer does not fit the output schema: the answer must not have the key "my remark; more".',
  ],
  [
    'No JSON in the answer',
    'extract invalid_output',
    'The answer does not fit the output schema: there is no JSON in the answer.',
  ],
  [
    'The shared call has no answer for this item: there is no entry for this item',
    'extract invalid_output',
    'The shared call has no answer for this item: there is no entry for this item.',
  ],
  [
    'Refused by the model',
    'draft refused',
    'The model refused to answer.',
    "I'm sorry, but I can't help with item 12.",
    'This asks for a password of alice@example.com, which I will not give.',
  ],
  [
    "Stopped by the provider's filter",
    'draft refused',
    "The provider's content filter stopped the answer.",
    'OpenAI refused the content (400): Invalid prompt: your prompt was flagged (request req_0123abc).',
  ],
  [
    'The model says that it cannot answer',
    'draft refused',
    'The model says that it cannot answer: it is empty.',
    'The model says that it cannot answer: in Turkish.',
  ],
  [
    'Rate limited',
    'draft rate_limited',
    'OpenAI limits the rate of calls (429): Rate limit reached for gpt-5 in organization org-A1: Limit 30000, Used 29500. Try again in 1.2s.',
    'OpenAI limits the rate of calls (429): Rate limit reached for gpt-5 in organization org-A1: Limit 30000, Used 9. Try again in 640ms.',
    'Simulated: too many requests, try again in a second.',
  ],
  ['No answer within 120 s', 'draft timeout', 'No answer within 120 s.', 'No answer within 1.5 s.'],
  [
    'Server error (5xx)',
    'draft provider',
    'OpenAI answered 500: The server had an error while processing your request (req_8f2a).',
    'OpenAI answered 503: upstream connect error',
    'OpenAI answered 502.',
    'Anthropic answered 529: Overloaded',
  ],
  [
    'The connection to OpenAI at https://api.openai.com/v1 failed (ECONNRESET)',
    'draft provider',
    'The connection to OpenAI at https://api.openai.com/v1 failed (ECONNRESET).',
  ],
  [
    'The connection to OpenAI at https://api.openai.com/v1 failed (UND_ERR_SOCKET)',
    'draft provider',
    'The connection to OpenAI at https://api.openai.com/v1 failed (UND_ERR_SOCKET).',
  ],
  [
    'The connection to host-1.example.com:8080 failed (ECONNRESET)',
    'page provider',
    'The connection to host-1.example.com:8080 failed (ECONNRESET).',
    'The connection to www.example.org:4433 failed (ECONNRESET).',
  ],
  [
    "Request refused: Unsupported value: 'temperature' does not support 0.7 with thi…",
    'draft provider',
    "OpenAI refused the request (400): Unsupported value: 'temperature' does not support 0.7 with this model.",
    "OpenAI refused the request (422): Unsupported value: 'temperature' does not support 2 with this model.",
  ],
  [
    "Request refused: Invalid schema for response_format 'answer': 'required' is not…",
    'draft provider',
    "OpenAI refused the request (400): Invalid schema for response_format 'answer': 'required' is not listed in 'properties'.",
  ],
  [
    'No such model or address',
    'draft provider',
    'LM Studio at http://127.0.0.1:1234/v1 knows no such model or address (404): model "x-7b" not found',
    'LM Studio at http://127.0.0.1:4321/v1 knows no such model or address (404): model "y-8b" not found',
  ],
  [
    'Key not accepted',
    'draft auth',
    'OpenAI does not accept the key in OPENAI_API_KEY (401): Incorrect API key provided: sk-a1.',
    'OpenAI does not accept the key in OPENAI_API_KEY (401): Incorrect API key provided: sk-zz.',
  ],
  [
    '`item.name` found nothing',
    'draft expression',
    "`item.name` in stages.draft.prompt found nothing. `item` has: text, id. To allow that, write `item.name ?? ''`.",
    "`item.name` in stages.draft.prompt found nothing. `item` is an empty text. To allow that, write `item.name ?? ''`.",
  ],
  [
    '`item.nick` found nothing',
    'draft expression',
    "`item.nick` in stages.draft.prompt found nothing. `item` has: text, id. To allow that, write `item.nick ?? ''`.",
  ],
  [
    '`$number(item.n) + 1` cannot be worked out',
    'sum expression',
    '`$number(item.n) + 1` cannot be worked out: Unable to cast value to a number: "abc". It saw item.n = "abc".',
    '`$number(item.n) + 1` cannot be worked out: Unable to cast value to a number: "12 apples". It saw item.n = "12 apples".',
  ],
  [
    'stages.each.over needs a list, and `item.rows` is the text "a, b"',
    'each expression',
    'stages.each.over needs a list, and `item.rows` is the text "a, b".',
    'stages.each.over needs a list, and `item.rows` is the text "other".',
  ],
  [
    'A line is not valid JSON',
    '- source',
    'Line 12 is not valid JSON: Unexpected token \'x\', "x" is not valid JSON.',
    "Line 7 is not valid JSON: Expected ',' or '}' after property value in JSON at position 12 (line 1 column 13).",
  ],
  [
    'A line has 3 columns, the first line names 4',
    '- source',
    'Line 5 has 3 columns, the first line names 4.',
    'Line 88 has 12 columns, the first line names 4.',
  ],
  [
    'There is no image scans/a 1.png: it was looked for in inputs and the workspace',
    'look source',
    'There is no image scans/a 1.png: it was looked for in inputs and the workspace.',
    'There is no image b.png: it was looked for in inputs and the workspace.',
  ],
  ['A fault in Jacquard', 'draft internal', 'A mistake in Jacquard: x is not a function. Please report it.'],
]

const failures = GROUPS.map(([title, place, ...messages]) => {
  const [stage = '-', kind] = place.split(' ') as [string, FailureKind]
  return {
    title,
    errors: messages.map((message): FailedWith => ({ stage: stage === '-' ? null : stage, kind, message })),
  }
})

describe('the cause of a failure', () => {
  it('is one for all that failed for the same reason, and another for any other reason', () => {
    const causes = failures.map(({ errors }) => [...new Set(errors.map(causeOf))])
    expect(causes.filter((ofGroup) => ofGroup.length !== 1)).toEqual([])
    expect(new Set(causes.flat()).size).toBe(failures.length)
  })

  it('has a few words for a card, with the numbers of the one that is asked about', () => {
    expect(failures.map(({ errors: [first] }) => first && causeTitle(first))).toEqual(
      failures.map(({ title }) => title),
    )
  })

  it('does not depend on numbers and ids', () => {
    const id = fc.oneof(
      fc.nat().map(String),
      fc.double({ min: 0, max: 1e6, noNaN: true }).map((number) => number.toFixed(2)),
      fc.uuid(),
      fc.ulid(),
      fc.nat().map((number) => `req_${number.toString(16)}0`),
      fc
        .date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
    )
    const message = fc.constantFrom<(id: string) => FailedWith>(
      (value) => ({ stage: 'draft', kind: 'provider', message: `OpenAI refused the request (400): no ${value} here.` }),
      (value) => ({
        stage: 'draft',
        kind: 'internal',
        message: `A mistake in Jacquard: item ${value} is gone. Please.`,
      }),
      (value) => ({ stage: null, kind: 'source', message: `The file has ${value} bytes; at most 100 are read.` }),
      (value) => ({
        stage: 'a',
        kind: 'expression',
        message: `\`item.n\` in stages.a.value found nothing. It saw ${value}.`,
      }),
      (value) => ({ stage: 'a', kind: 'refused', message: `I cannot look into ${value}.` }),
      (value) => ({
        stage: 'a',
        kind: 'too_long',
        message: `The input has about ${value} tokens, over the limit of ${value}`,
      }),
    )
    fc.assert(
      fc.property(message, id, id, (build, a, b) => {
        expect(causeOf(build(a))).toBe(causeOf(build(b)))
      }),
      { numRuns: 500 },
    )
  })

  it('is told by the stage inside a map or a used chain, not by the element', () => {
    const problem = "The answer does not fit the output schema: the answer must have required property 'date'."
    const at = (place: string): FailedWith => ({ stage: 'each', kind: 'invalid_output', message: `${place}${problem}` })
    const causes = ['Element 1, stage label: ', 'Element 23, stage label: '].map((place) => causeOf(at(place)))
    expect(new Set(causes)).toEqual(new Set(['each>label invalid_output the answer lacks date']))
    expect(causeOf(at('Element 1, stage other: '))).not.toBe(causes[0])
    expect(causeOf(at('Stage read: Element 2, stage label: '))).toBe(
      'each>read>label invalid_output the answer lacks date',
    )
    expect(causeTitle(at('Element 1, stage label: '))).toBe('Answer lacks `date`')
  })

  it('is short, and still tells apart what only ends differently', () => {
    const long = (end: string): FailedWith => ({
      stage: 'draft',
      kind: 'expression',
      message: `\`${'item.a & '.repeat(40)}item.${end}\` in stages.draft.prompt found nothing. It saw x.`,
    })
    const causes = ['one', 'two'].map((end) => causeOf(long(end)))
    expect(causes.map((cause) => cause.length)).toEqual([200, 200])
    expect(causes[0]).not.toBe(causes[1])
  })

  it('is there for any message whatever', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FAILURE_KINDS), fc.string({ maxLength: 2000 }), (kind, message) => {
        expect(causeOf({ stage: 'a', kind, message }).length).toBeLessThanOrEqual(200)
        expect(causeTitle({ kind, message }).length).toBeLessThanOrEqual(80)
      }),
    )
  })
})

it('tells a cut answer from a long question', () => {
  expect(isAnswerCut('The answer was cut off at 300 tokens. Raise maxTokens or ask for less.')).toBe(true)
  expect(isAnswerCut('The prompt is too long for the model (413)')).toBe(false)
  expect(isAnswerCut('Shorten the input, or have it cut or asked in parts (`tooLong`).')).toBe(false)
})
