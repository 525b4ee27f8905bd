/** How well a simulated model reads and writes. */
export interface Quality {
  /** Characters of the document it really takes in when it decides; the rest it only skims for facts. */
  readonly attention: number
  /** Share of decisions in which it takes the second-best option. */
  readonly slips: number
  readonly summarySentences: number
  /** Most entries of a list, where the schema does not say. */
  readonly listLength: number
  /** Weighs sentences against each other; a careless model takes the first that fits. */
  readonly careful: boolean
}

export interface Profile {
  readonly quality: Quality
  /** Longest prompt, in tokens. */
  readonly contextTokens: number
  /** Median time to the first token, and time for each token written. */
  readonly latency: { readonly medianMs: number; readonly perTokenMs: number }
  readonly faults: {
    /** Share of first answers that break the schema. */
    readonly invalid: number
    /** Share of repair turns that break it again. */
    readonly stubborn: number
    /** Share of answers whose JSON stands inside prose or fences. */
    readonly wrapped: number
    /** Share of packs in which one answer is missing or given twice. */
    readonly miscounted: number
    /** Share of requests that the provider turns away the first time. */
    readonly turnedAway: number
    /** Answers in prose where the document is empty or cannot be read, whatever the schema asks for. */
    readonly givesUpOnNoise: boolean
  }
}

export const PROFILES: ReadonlyMap<string, Profile> = new Map([
  [
    'simulated-local',
    {
      quality: { attention: 600, slips: 0.14, summarySentences: 1, listLength: 3, careful: false },
      contextTokens: 8_000,
      latency: { medianMs: 350, perTokenMs: 5 },
      faults: { invalid: 0.035, stubborn: 0.28, wrapped: 0.015, miscounted: 0.12, turnedAway: 0, givesUpOnNoise: true },
    },
  ],
  [
    'simulated-standard',
    {
      quality: { attention: 6_000, slips: 0.04, summarySentences: 2, listLength: 5, careful: true },
      contextTokens: 32_000,
      latency: { medianMs: 700, perTokenMs: 7 },
      faults: { invalid: 0, stubborn: 0, wrapped: 0, miscounted: 0.04, turnedAway: 0.015, givesUpOnNoise: false },
    },
  ],
  [
    'simulated-frontier',
    {
      quality: { attention: 400_000, slips: 0, summarySentences: 3, listLength: 8, careful: true },
      contextTokens: 128_000,
      latency: { medianMs: 1_400, perTokenMs: 10 },
      faults: { invalid: 0, stubborn: 0, wrapped: 0, miscounted: 0.01, turnedAway: 0, givesUpOnNoise: false },
    },
  ],
])
