import { describe, expect, it } from 'vitest'
import { editPrice } from './editPrice.ts'
import { parseSettings } from './settingsFile.ts'

const PRICE = { input: 1.5, output: 6 }
const near = { tier: 'near', binding: { backend: 'openai', model: 'gpt' } as const }
const TIERS = `# ours
tiers:
  near:  { backend: openai, model: gpt   } # aligned
  local: { backend: ollama, model: qwen }
`

describe('the price of a tier', () => {
  it('is put between the braces of its line, and nothing else changes', () => {
    expect(editPrice(TIERS, { ...near, price: PRICE })).toBe(
      TIERS.replace('model: gpt   }', 'model: gpt, price: { input: 1.5, output: 6 }   }'),
    )
  })
  it('takes the place of the one before, and is taken away again', () => {
    const priced = editPrice(TIERS, { ...near, price: PRICE })
    const other = editPrice(priced, { ...near, price: { input: 2, output: 8, cached: 0.2 } })
    expect(other).toBe(priced.replace('{ input: 1.5, output: 6 }', '{ input: 2, output: 8, cached: 0.2 }'))
    const none = editPrice(other, { ...near, price: null })
    expect(parseSettings(none)).toMatchObject({ ok: true, settings: { tiers: { near: { model: 'gpt' } } } })
    expect(none).not.toContain('price')
    expect(none).toContain('# ours')
  })
  it.each([
    ['', 'of an empty file'],
    ['budgets: { dayUsd: 3 }\n', 'of a file without tiers'],
    ['tiers:\n', 'of a file with no tier yet'],
    ['tiers:\n  near:\n    backend: openai\n    model: gpt\n', 'of a tier in lines'],
    ['tiers: { near: { backend: openai, model: gpt } }\n', 'of tiers on one line'],
    ['tiers:\n  local: { backend: ollama, model: qwen }\n', 'of a tier that comes from elsewhere'],
  ])('can be set in %j', (text) => {
    const settings = parseSettings(editPrice(text, { ...near, price: PRICE }))
    expect(settings).toMatchObject({
      ok: true,
      settings: { tiers: { near: { backend: 'openai', model: 'gpt', price: PRICE } } },
    })
  })
})
