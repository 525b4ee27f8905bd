import { seededRandom } from '../shared/judging/seededRandom.ts'

/** A chain over a source that is made up, and how large its items are. */
export interface EstimateCase {
  readonly name: string
  readonly chain: string
  readonly texts: readonly string[]
}

const WORDS =
  'the a of and to in is for with on that this by from not have order parcel invoice city harbour library meeting report price battery screen update account refund charge letter contract window heating customer service weather river bridge school garden ticket question answer team music train morning evening because quickly broken missing late new old large small red blue urgent happy angry north south delivery address number photo manual password payment street'.split(
    ' ',
  )

/** Tokens of a text, about; from one distribution for each source. */
const SIZES: Readonly<Record<string, (dice: Dice) => number>> = {
  'even sizes': ({ uniform }) => 60 + 240 * uniform(),
  'some long': ({ normal }) => 120 * Math.exp(0.7 * normal()),
  'few very long': ({ normal }) => 80 * Math.exp(1.2 * normal()),
  'two kinds': ({ uniform }) => (uniform() < 0.75 ? 40 + 40 * uniform() : 700 + 500 * uniform()),
}

const TOPICS = ['refund', 'battery', 'parcel', 'password', 'heating']

const CHAINS: Readonly<Record<string, string>> = {
  'one label': `stages:
  classify:
    kind: model
    tier: standard
    instructions: Say what the text is about.
    prompt: "{{ item.text }}"
    output: { type: object, required: [topic], properties: { topic: { type: string, enum: [refund, battery, parcel, password, heating, other] } } }
`,
  'a summary': `stages:
  summary: { kind: model, tier: standard, instructions: Sum the text up., prompt: "{{ item.text }}" }
`,
  'fields, with repairs': `stages:
  extract:
    kind: model
    tier: local
    repair: 2
    instructions: Find what the text says.
    prompt: "{{ item.text }}"
    output:
      type: object
      required: [topic, problem, tone]
      properties: { topic: { type: string }, problem: { type: string }, tone: { type: string, enum: [calm, angry, happy] }, people: { type: array, items: { type: string } } }
`,
  'a branch by what it is about': `stages:
  classify:
    kind: model
    tier: local
    prompt: "{{ item.text }}"
    output: { type: object, required: [topic], properties: { topic: { type: string, enum: [refund, battery, parcel, password, heating] } } }
  draft:
    kind: model
    tier: frontier
    when: "{{ classify.topic = 'refund' or classify.topic = 'parcel' }}"
    instructions: Write a kind reply.
    prompt: "{{ item.text }}"
`,
  'long ones summed up first': `stages:
  short:
    kind: model
    tier: standard
    when: "{{ $length(item.text) > 900 }}"
    instructions: Sum the text up.
    prompt: "{{ item.text }}"
  judge:
    kind: model
    tier: frontier
    prompt: "{{ short ? short : item.text }}"
    output: { type: object, required: [urgency, why], properties: { urgency: { type: integer, minimum: 1, maximum: 5 }, why: { type: string } } }
`,
  'a map over parts': `stages:
  parts: { kind: chunk, text: "{{ item.text }}", by: tokens, size: 80 }
  notes:
    kind: map
    over: "{{ parts }}"
    as: part
    stages:
      note: { kind: model, tier: local, instructions: Say what matters here., prompt: "{{ part.text }}" }
  whole: { kind: model, tier: standard, prompt: "{{ notes }}" }
`,
  'cheap first, better where it fails': `stages:
  extract:
    kind: model
    tier: local
    repair: 0
    escalate: frontier
    prompt: "{{ item.text }}"
    output: { type: object, required: [topic, problem], properties: { topic: { type: string, enum: [refund, battery, parcel, password, heating] }, problem: { type: string } } }
`,
  'shared calls': `stages:
  classify:
    kind: model
    tier: standard
    pack: { size: 8 }
    instructions: Say what the text is about, and how urgent it is. Be brief. Never guess.
    prompt: "{{ item.text }}"
    output: { type: object, required: [topic, urgent], properties: { topic: { type: string, enum: [refund, battery, parcel, password, heating, other] }, urgent: { type: boolean } } }
`,
}

interface Dice {
  uniform(): number
  normal(): number
}

/** Every chain over every kind of source; other texts for another seed. */
export function estimateCases(seed: number, items: number): readonly EstimateCase[] {
  return Object.entries(CHAINS).flatMap(([chain, stages], row) =>
    Object.entries(SIZES).map(([sizes, size], column) => ({
      name: `${chain}, ${sizes}`,
      chain: `jacquard: 1\nname: Case\nsource: { jsonl: inputs/items.jsonl }\n${stages}`,
      texts: madeTexts(seed * 1000 + row * 10 + column, { items, size }),
    })),
  )
}

/** Files of a folder, some of them long. */
export function manyTexts(seed: number, items: number): readonly string[] {
  return madeTexts(seed, { items, size: SIZES['some long'] ?? (() => 100) })
}

/** Facts and a reply for each file, in which what is asked hangs on its text. */
export const FOLDER_CHAIN = `jacquard: 1
name: Folder
source: { folder: inputs/files }
${CHAINS['fields, with repairs'] ?? ''}  reply:
    kind: model
    tier: standard
    prompt: "Reply to: {{ item.text }} It is about {{ extract.topic }}."
`

function madeTexts(
  seed: number,
  { items, size }: { readonly items: number; readonly size: (dice: Dice) => number },
): readonly string[] {
  const uniform = seededRandom(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  const dice = { uniform, normal }
  return Array.from({ length: items }, (_, index) => madeText(index, Math.max(8, size(dice)), dice))
}

function madeText(index: number, tokens: number, { uniform }: Dice): string {
  const pick = (from: readonly string[]) => from[Math.floor(uniform() * from.length)] ?? ''
  const topic = pick(TOPICS)
  const sentences: string[] = [`Message ${index + 1} about the ${topic}.`]
  for (let words = 6; words < tokens; ) {
    const length = 5 + Math.floor(uniform() * 12)
    const middle = Array.from({ length }, () => (uniform() < 0.04 ? topic : pick(WORDS))).join(' ')
    sentences.push(`${middle.charAt(0).toUpperCase()}${middle.slice(1)}.`)
    words += length + 1
  }
  return sentences.join(' ')
}
