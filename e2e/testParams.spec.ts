import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { goTo, openChain } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '10' } })

const CHAIN = `jacquard: 1
name: Write letters
params:
  tone: { type: string, enum: [friendly, formal], description: How the letter sounds }
source: { csv: inputs/orders.csv }
stages:
  letter: { kind: model, tier: local, prompt: "A {{ params.tone }} letter about {{ item.product }}" }
`

test('a chain that asks for a param is tried with the value that is set on the Test screen', async ({
  page,
  folders,
}) => {
  writeFileSync(join(folders.workspace, 'chains/letters.chain.yaml'), CHAIN)
  await openChain(page, 'Write letters')
  await goTo(page, 'Test')

  const run = page.getByRole('button', { name: 'Run on this item' })
  await expect(page.getByText('The param tone needs a value before')).toBeVisible()
  await expect(run).toHaveAttribute('aria-disabled', 'true')

  await page.getByRole('button', { name: 'Params (tone missing)' }).click()
  await page.getByRole('combobox', { name: 'tone' }).click()
  await page.getByRole('option', { name: 'formal' }).click()
  await expect(page.getByRole('button', { name: "Back to the chain's values" })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('The param tone needs a value before')).toBeHidden()
  await run.click()

  const letter = page.getByRole('article', { name: 'Stage letter' })
  await expect(letter.getByRole('img', { name: 'succeeded' })).toBeVisible({ timeout: 15_000 })
  await letter.getByText('Prompt as sent').click()
  // An answer that had to be repaired stands there a second time, in its attempts.
  await expect(letter.getByText(/^A formal letter about/).first()).toBeVisible()

  await goTo(page, 'Build')
  await goTo(page, 'Test')
  await expect(page.getByRole('button', { name: 'Params (changed)' })).toBeVisible()
})
