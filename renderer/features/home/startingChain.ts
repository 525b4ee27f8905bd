import { printChain } from '../../../shared/chainEdit.ts'
import type { Source } from '../../../shared/source.ts'
import { hasText } from '../../lib/hasText.ts'

/** A new chain that can be tested at once: one question about each item, results written beside the others. */
export function startingChain(name: string, source: Source | null): string {
  const file = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return printChain({
    jacquard: 1,
    name,
    source: source ?? { text: [EXAMPLE_ITEM] },
    stages: {
      summary: {
        kind: 'model',
        tier: 'standard',
        instructions: 'You are a careful reader. Answer in plain words.\n',
        prompt: `Say in one sentence what this is about:\n\n{{ ${source === null || hasText(source) ? 'item.text' : 'item'} }}\n`,
      },
    },
    sink: { jsonl: `results/${file === '' ? 'chain' : file}.jsonl` },
    layout: { summary: { x: 320, y: 80 } },
  })
}

const EXAMPLE_ITEM =
  'Replace this with your own text, or choose a folder or a file as the source. Each item goes through the stages by itself.'
