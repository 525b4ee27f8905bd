import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { expectUsableByAll, goTo, openChain } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '20' } })

const CHAIN = `jacquard: 1
name: Shouts
source: { text: ["one", "two", "three"] }
stages:
  loud: { kind: transform, value: "{{ $uppercase(item.text) }}" }
output: "{{ loud }}"
`

function evaluations(page: Page): Locator {
  return page.getByRole('region', { name: 'Evaluations' })
}

async function openEvaluations(page: Page): Promise<void> {
  await goTo(page, 'Compare')
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Evaluations').click()
  await expect(evaluations(page)).toBeVisible()
}

test('outputs that are right become cases, and a change that breaks one is a regression', async ({ page, folders }) => {
  const file = join(folders.workspace, 'chains/shouts.chain.yaml')
  writeFileSync(file, CHAIN)
  await openChain(page, 'Shouts')
  await openEvaluations(page)
  await expect(evaluations(page).getByRole('heading', { name: 'No cases yet' })).toBeVisible()
  await evaluations(page).getByRole('button', { name: 'Test an item' }).click()
  for (let at = 1; at <= 3; at++) {
    await page.getByRole('button', { name: 'Run on this item' }).click()
    await page.getByRole('region', { name: 'Total' }).getByRole('button', { name: 'Expect this' }).click()
    await expect(page.getByText('In the suite: Compare → Evaluations')).toBeVisible()
    if (at < 3) await page.getByRole('button', { name: 'Next item' }).click()
  }
  expect(readFileSync(join(folders.workspace, 'chains/shouts.eval.yaml'), 'utf8')).toBe(
    'jacquard: 1\nname: Evaluation of Shouts\ncases:\n  - item: "1"\n    expected: ONE\n  - item: "2"\n    expected: TWO\n  - item: "3"\n    expected: THREE\n',
  )

  await openEvaluations(page)
  await evaluations(page)
    .getByRole('button', { name: /^Evaluate 3 cases/ })
    .click()
  await expect(evaluations(page).getByRole('status', { name: 'Result' })).toContainText('3 of 3 passed')
  await evaluations(page).getByRole('button', { name: 'Make it golden' }).click()
  await expect(evaluations(page).getByText('The golden one', { exact: true })).toBeVisible()
  await expectUsableByAll(page)

  writeFileSync(file, CHAIN.replace('$uppercase(item.text)', "item.text = 'two' ? 'quiet' : $uppercase(item.text)"))
  await goTo(page, 'Build')
  await page.getByRole('radiogroup').getByText('YAML').first().click()
  await expect(page.getByRole('main')).toContainText('quiet')
  await openEvaluations(page)
  await evaluations(page)
    .getByRole('button', { name: /^Evaluate 3 cases/ })
    .click()
  await expect(evaluations(page).getByRole('status', { name: 'Result' })).toContainText('2 of 3 passed')
  await expect(evaluations(page).getByRole('status', { name: 'Result' })).toContainText(
    '1 regression since the golden one (as-drawn)',
  )
  // Regressions stand first.
  const first = evaluations(page).getByRole('row').nth(1)
  await expect(first).toContainText('regression')
  await expect(first).toContainText('"quiet", expected "TWO"')
  await expect(evaluations(page).getByRole('img', { name: 'Passed, oldest first: 100 %, 67 %' })).toBeVisible()
  await first.getByRole('button', { name: 'Take 2 out of the suite' }).click()
  await expect(evaluations(page).getByRole('row')).toHaveCount(3)
})

test('the suite of the examples runs on any tier, and a broken one says where', async ({ page, folders }) => {
  await openChain(page, 'Triage tickets')
  await openEvaluations(page)
  await expect(evaluations(page).getByRole('button', { name: /^Evaluate 11 cases · ≈ \$/ })).toBeVisible()
  await evaluations(page).getByRole('combobox', { name: 'Evaluate' }).click()
  await page.getByRole('option', { name: 'All on frontier' }).click()
  await evaluations(page)
    .getByRole('button', { name: /^Evaluate 11 cases/ })
    .click()
  await expect(evaluations(page).getByRole('status', { name: 'Result' })).toContainText('10 of 11 passed', {
    timeout: 20_000,
  })
  const failed = evaluations(page).getByRole('row').nth(1)
  await expect(failed).toContainText('expected "Ada Moss"')
  await failed.getByRole('button', { name: 'the facts of a short ticket', exact: true }).click()
  await expect(evaluations(page).getByRole('article', { name: 'Stage extract' })).toBeVisible()
  await expectUsableByAll(page)

  writeFileSync(join(folders.workspace, 'chains/triage-tickets.eval.yaml'), 'jacquard: 1\ncases:\n  - itm: a.txt\n')
  await goTo(page, 'Build')
  await openEvaluations(page)
  await expect(evaluations(page)).toContainText('chains/triage-tickets.eval.yaml:3:5 cases.0.itm: Unknown key `itm`')
})
