import type { StageEntry } from './entry.ts'

/** One entry for each kind of stage, as little filled in as the format allows. */
export const STAGES: readonly StageEntry[] = [
  {
    id: 'model',
    group: 'Stages',
    title: 'Model',
    hint: 'Asks a language model',
    words: 'llm prompt ask generate chat tier call worker image vision knowledge',
    isTemplate: false,
    stages: (reference) => ({ model: { kind: 'model', tier: 'standard', prompt: reference } }),
  },
  {
    id: 'transform',
    group: 'Stages',
    title: 'Transform',
    hint: 'Computes a value, no model',
    words: 'expression jsonata shape join merge filter compute code function set fields',
    isTemplate: false,
    stages: (reference) => ({ transform: { kind: 'transform', value: reference === '' ? {} : { value: reference } } }),
  },
  {
    id: 'chunk',
    group: 'Stages',
    title: 'Chunk',
    hint: 'Cuts a long text into a list of pieces',
    words: 'split text splitter pages headings paragraphs tokens sections window overlap long document',
    isTemplate: false,
    stages: (reference) => ({ chunk: { kind: 'chunk', text: reference, by: 'tokens', size: 1000 } }),
  },
  {
    id: 'map',
    group: 'Stages',
    title: 'Map',
    hint: 'Runs the stages in it for each entry of a list',
    words: 'loop each foreach for iterate repeat list parallel sequential subchain fan out',
    isTemplate: false,
    // `map` is a name of expressions inside a map.
    stages: (reference) => ({
      mapped: { kind: 'map', over: reference === '' ? [] : reference, as: 'entry', stages: {} },
    }),
  },
  {
    id: 'gather',
    group: 'Stages',
    title: 'Gather',
    hint: 'Makes one group out of many items',
    words: 'group batch collect aggregate reduce join correlate match window key sum together lane fan in',
    isTemplate: false,
    stages: () => ({ gather: { kind: 'gather', size: 10 } }),
  },
  {
    id: 'fetch',
    group: 'Stages',
    title: 'Fetch',
    hint: 'Asks a web address',
    words: 'http https request url api rest get post web page download webhook call',
    isTemplate: false,
    // What comes in is seldom an address: a wire writes it there all the same, where the form shows it.
    stages: (reference) => ({ fetch: { kind: 'fetch', url: reference } }),
  },
  {
    id: 'chain',
    group: 'Stages',
    title: 'Chain',
    hint: 'Runs another chain as one stage',
    words: 'subchain subflow nested reuse call include workflow module',
    isTemplate: false,
    stages: (reference) => ({
      chain: {
        kind: 'chain',
        file: 'chains/NAME.chain.yaml',
        ...(reference === '' ? {} : { item: reference }),
      },
    }),
  },
]
