import { describe, expect, it } from 'vitest'
import type { BudgetLimits } from '../../shared/budgets.ts'
import { editBudgets } from './editBudgets.ts'

const edit = (text: string, limits: Partial<BudgetLimits>) =>
  editBudgets(text, { dayUsd: null, runUsd: null, ...limits })

const TIERS = `# ours

# what we call
tiers:
  local:    { backend: ollama,    model: "m" } # aside

  standard: {backend: anthropic, model: x}
# the end
`

describe('budgets in the text of jacquard.yaml', () => {
  it('stand below what is there, which stays letter for letter', () => {
    expect(edit(TIERS, { dayUsd: 20, runUsd: 5 })).toBe(`${TIERS}\nbudgets:\n  dayUsd: 20\n  runUsd: 5\n`)
    expect(edit('# nothing yet', { runUsd: 0.5 })).toBe('# nothing yet\n\nbudgets:\n  runUsd: 0.5\n')
    expect(edit('', { dayUsd: 20 })).toBe('budgets:\n  dayUsd: 20\n')
  })

  it('change without touching comments and order', () => {
    const text = `budgets: # caps\n    # of all\n    dayUsd:  20.00 # team\n\n# below\n${TIERS}`
    expect(edit(text, { dayUsd: 30 })).toBe(text.replace('20.00', '30'))
    expect(edit(text, { dayUsd: 20, runUsd: 5 })).toBe(text.replace('# team\n', '# team\n    runUsd: 5\n'))
  })

  it('stay as they are written where they say that already', () => {
    const text = 'budgets: { dayUsd: 20.00, runUsd: 5 }\n'
    expect(edit(text, { dayUsd: 20, runUsd: 5 })).toBe(text)
    expect(edit(TIERS, {})).toBe(TIERS)
  })

  it('are taken out with their lines, the last one with the section', () => {
    const text = `${TIERS}budgets:\n  dayUsd: 20 # team\n  runUsd: 5\n# below\n`
    expect(edit(text, { runUsd: 5 })).toBe(`${TIERS}budgets:\n  runUsd: 5\n# below\n`)
    expect(edit(text, {})).toBe(`${TIERS}# below\n`)
    expect(edit('# head\nbudgets: { dayUsd: 20 }\n', {})).toBe('# head\n')
  })

  it('are filled into a section that holds comments only', () => {
    expect(edit('budgets:\n  # dayUsd: 20\ntiers: {}\n', { dayUsd: 3 })).toBe(
      'budgets:\n  dayUsd: 3\n  # dayUsd: 20\ntiers: {}\n',
    )
  })

  it('are written between braces where the file has them so', () => {
    expect(edit('# head\nbudgets: {dayUsd: 20}\n', { dayUsd: 20, runUsd: 5 })).toBe(
      '# head\nbudgets: {dayUsd: 20, runUsd: 5}\n',
    )
    expect(edit('budgets: { dayUsd: 20, runUsd: 5 }\n', { runUsd: 5 })).toBe('budgets: { runUsd: 5 }\n')
  })

  it('end their lines as the file does', () => {
    expect(edit('tiers: {}\r\n', { dayUsd: 1, runUsd: 2 })).toBe(
      'tiers: {}\r\n\r\nbudgets:\r\n  dayUsd: 1\r\n  runUsd: 2\r\n',
    )
  })
})
