/** What is asked of the provider bears a token of its own: `name #item`, `part #item.element`, `sum #group`. */
export const TOKEN = /\b(\w+) #(\d+(?:\.\d+)?)/g
/** Elements of a map, and members of a group. */
export const ELEMENTS = 3
export const MEMBERS = 10
/** Items that share a call. */
const PACK = 8

export interface SoakChain {
  readonly name: string
  readonly text: string
  /** Answers that a run of so many items needs. */
  answers(items: number): number
  /** The output of every line of the results, in order. */
  outputs(items: number): readonly unknown[]
}

const HEAD = `jacquard: 1
source: { jsonl: items.jsonl }
sink: { jsonl: results/results.jsonl }
stages:
  first: { kind: model, tier: near, prompt: "first #{{ item.n }}"`

/** Three tiers over two protocols; every stage's question holds the answer before it. */
export const SOAK_CHAINS: readonly SoakChain[] = [
  {
    name: 'three stages',
    text: `${HEAD} }
  second: { kind: model, tier: far, prompt: "second #{{ item.n }} after {{ first }}" }
  third: { kind: model, tier: house, prompt: "third #{{ item.n }} after {{ second }}" }
output: [ "{{ first }}", "{{ second }}", "{{ third }}" ]
`,
    answers: (items) => items * 3,
    outputs: (items) => upTo(items).map((n) => [`first=${n}`, `second=${n}`, `third=${n}`]),
  },
  {
    name: 'a pack, a map',
    text: `${HEAD}, pack: { size: ${PACK} } }
  parts:
    kind: map
    over: "{{ [1..${ELEMENTS}] }}"
    as: at
    after: [first]
    stages:
      part: { kind: model, tier: far, prompt: "part #{{ item.n }}.{{ at }} after {{ first }}" }
  third: { kind: model, tier: house, prompt: "third #{{ item.n }} after {{ parts }}" }
output: [ "{{ first }}", "{{ parts }}", "{{ third }}" ]
`,
    answers: (items) => items * (2 + ELEMENTS),
    outputs: (items) =>
      upTo(items).map((n) => [
        `first=${n}`,
        upTo(ELEMENTS).map((at) => ({ part: `part=${n}.${at + 1}` })),
        `third=${n}`,
      ]),
  },
  {
    name: 'a gather',
    text: `${HEAD} }
  second: { kind: model, tier: far, prompt: "second #{{ item.n }} after {{ first }}" }
  some: { kind: gather, key: item.group, size: ${MEMBERS}, value: "{{ second }}" }
  sum: { kind: model, tier: house, prompt: "sum #{{ group.key }} of {{ items }}" }
output: { of: "{{ items }}", sum: "{{ sum }}" }
`,
    answers: (items) => items * 2 + Math.ceil(items / MEMBERS),
    outputs: (items) =>
      upTo(Math.ceil(items / MEMBERS)).map((group) => ({
        of: upTo(Math.min(MEMBERS, items - group * MEMBERS)).map((at) => `second=${group * MEMBERS + at}`),
        sum: `sum=${group}`,
      })),
  },
]

export function soakSettings(origin: string): string {
  const price = 'price: { input: 1, output: 1 }'
  return `tiers:
  near: { backend: openai-compatible, model: near, baseUrl: "${origin}/v1", ${price} }
  far: { backend: openai-compatible, model: far, baseUrl: "${origin}/v1", ${price} }
  house: { backend: ollama, model: house, baseUrl: "${origin}", ${price} }
`
}

export function soakItems(items: number): string {
  return upTo(items)
    .map((n) => `${JSON.stringify({ n, group: String(Math.floor(n / MEMBERS)) })}\n`)
    .join('')
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
