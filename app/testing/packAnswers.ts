import type { Json } from '../../shared/json.ts'
import type { StageSetup } from './modelStages.ts'
import { type Provider, type ProviderAnswer, type ProviderCall, startProvider } from './provider.ts'

/** One item of a shared call. */
export interface Entry {
  readonly id: string
  readonly input: Json
}

/** The items of a shared call; null: it is the ordinary call for one. */
export function entriesOf({ prompt }: ProviderCall): readonly Entry[] | null {
  const lines = prompt.split('\n').filter((line) => line.startsWith('{"id":'))
  return lines.length === 0 ? null : lines.map((line) => JSON.parse(line) as Entry)
}

export function inputText(input: Json): string {
  return typeof input === 'string' ? input : JSON.stringify(input)
}

export function rowOf({ id, input }: Entry): Json {
  return { id, output: inputText(input).toUpperCase() }
}

export function asAnswer(rows: readonly Json[]): ProviderAnswer {
  return { text: JSON.stringify({ results: rows }) }
}

/** Items in each call, in the order of the calls. */
export function packSizes({ calls }: Provider): readonly number[] {
  return calls.map((call) => entriesOf(call)?.length ?? 1)
}

/** Answers every item in capitals; `spoil` makes of a shared call what a model might. */
export function startPackProvider(
  spoil: (entries: readonly Entry[]) => ProviderAnswer = (entries) => asAnswer(entries.map(rowOf)),
  alone: (call: ProviderCall) => ProviderAnswer = ({ prompt }) => ({ text: prompt.toUpperCase() }),
): Promise<Provider> {
  return startProvider((call) => {
    const entries = entriesOf(call)
    return entries === null ? alone(call) : spoil(entries)
  })
}

/** A stage that packs; `more`: further lines of it. */
export function packSetup({ origin }: Provider, pack: string, more = ''): StageSetup {
  return {
    stage: `tier: t\ninstructions: Shout it.\nprompt: "{{ item.text }}"\nretry: {backoff: 0.001}\npack: ${pack}\n${more}`,
    tiers: {
      t: { backend: 'openai-compatible', model: 'm', baseUrl: `${origin}/v1`, price: { input: 1, output: 3 } },
    },
  }
}

export function packItems(count: number): readonly { readonly text: string }[] {
  return Array.from({ length: count }, (_, index) => ({ text: `item ${index}` }))
}

export function shouted(count: number): readonly string[] {
  return packItems(count).map(({ text }) => text.toUpperCase())
}
