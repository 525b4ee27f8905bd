import { expect, test } from './fixtures.ts'
import { expectState, expectUsableByAll, goTo, openChain } from './steps.ts'

/** A thousand draws take their time where other tests use the processors too. */
const SLOW = { timeout: 30_000 }

test.use({ env: { JACQUARD_SIMULATED_SPEED: '20' } })

test('an estimate is rough at first, sharp after a sample, what-if at a click, and held against the run', async ({
  page,
}) => {
  test.slow()
  await openChain(page, 'Triage tickets')
  await goTo(page, 'Launch')
  const card = page.getByRole('region', { name: 'Estimate' })
  const costs = card.getByRole('table', { name: 'By stage' })
  await expect(card.getByText(/^Rough: nothing was tried yet/)).toBeVisible(SLOW)
  await expect(costs.getByRole('row')).toHaveCount(4)

  await test.step('a sample is tried for its price', async () => {
    const first = card.getByRole('button', { name: /^Try 10 items first \(≈ \$/ })
    await first.click()
    await expect(card.getByText(/^From 10 tried items\./)).toBeVisible(SLOW)
    await expect(card.getByText(/±\d+ %/).first()).toBeVisible()
    await expectUsableByAll(page)
  })

  await test.step('the launch pays only for the rest', async () => {
    await expect(page.getByText(/^about \d+ calls, \d+ from memory, about \$/)).toBeVisible()
  })

  await test.step('another mix sets the tiers of the launch', async () => {
    const mixes = card.getByRole('list', { name: 'The same on other tiers' })
    await mixes.getByRole('button', { name: /^all frontier/ }).click()
    await expect(page.getByRole('combobox', { name: 'Tier of extract' })).toHaveValue('frontier')
    await expect(mixes.getByRole('button', { name: /^all frontier/ })).toHaveAttribute('aria-pressed', 'true')
    await expect(costs.getByRole('row', { name: /^extract.*frontier/ })).toBeVisible()
    await mixes.getByRole('button', { name: /^as drawn/ }).click()
    await expect(page.getByRole('combobox', { name: 'Tier of extract' })).toHaveValue('local')
  })

  await test.step('what a provider lets through decides the time', async () => {
    await card.getByText('What if', { exact: true }).click()
    await card.getByRole('textbox', { name: 'Requests a minute of standard' }).fill('5')
    // 96 calls at five a minute.
    await expect(card.getByText(/^1\d min/).first()).toBeVisible(SLOW)
    await expectUsableByAll(page)
    await card.getByRole('textbox', { name: 'Requests a minute of standard' }).fill('')
    await card.getByText('What if', { exact: true }).click()
  })

  await test.step('more of the sample narrows the band', async () => {
    await card.getByRole('button', { name: /^Try \d+ more/ }).click()
    await expect(card.getByText(/^From 18 tried items\./)).toBeVisible(SLOW)
  })

  await test.step('the run is held against it', async () => {
    await page.getByRole('button', { name: /^Launch 50 items/ }).click()
    await expectState(page, 'completed')
    await goTo(page, 'Launch')
    await expect(card.getByText(/Last run: \$[\d.]+ estimated, \$[\d.]+ paid/)).toBeVisible(SLOW)
  })
})
