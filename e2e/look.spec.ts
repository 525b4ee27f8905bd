import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { expectState, goTo, launch } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '10' } })

/** Every screen with something on it, one after the other. */
async function onEachScreen(page: Page, look: (screen: string) => Promise<void>): Promise<void> {
  await look('Home')
  await goTo(page, 'Settings')
  await look('Settings')
  await page.getByRole('button', { name: 'Jacquard: all chains' }).click()
  await launch(page, 'Triage tickets')
  await expectState(page, 'completed')
  await page.getByRole('grid', { name: 'Results' }).getByText('10401-charged-twice.txt').click()
  await expect(page.getByRole('complementary').getByRole('article', { name: 'Stage extract' })).toBeVisible()
  await look('Run')
  await page.keyboard.press('t')
  await expect(page.getByRole('region', { name: 'Failures' }).getByRole('article').first()).toBeVisible()
  await look('Run, failures')
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog').getByRole('radio', { name: /^All 50/ })).toBeVisible()
  await look('Run, change')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await goTo(page, 'Build')
  await page.getByRole('region', { name: 'Canvas' }).getByText('classify', { exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Prompt' })).toBeVisible()
  await look('Build')
  await goTo(page, 'Test')
  await page.getByRole('button', { name: 'Run on this item' }).click()
  await expect(page.getByRole('region', { name: 'Total' })).toContainText('3 from memory')
  await look('Test')
  await goTo(page, 'Compare')
  await page.getByRole('checkbox', { name: 'Compare local' }).check()
  await page.getByRole('checkbox', { name: 'Compare frontier' }).check()
  await page.getByRole('main').getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Recommendation' })).toBeVisible({ timeout: 20_000 })
  await look('Compare')
  await goTo(page, 'Launch')
  await expect(page.getByRole('region', { name: 'Items' }).getByText('50 items')).toBeVisible()
  await look('Launch')
  await goTo(page, 'Workers')
  await page.getByRole('list', { name: 'Workers' }).getByRole('button').first().click()
  await expect(page.getByRole('region', { name: 'Try the worker' })).toBeVisible()
  await look('Workers')
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Versions').click()
  await expect(page.getByRole('list', { name: 'Versions' })).toBeVisible()
  await look('Workers, versions')
  await goTo(page, 'Runs')
  await expect(page.getByRole('list', { name: 'Runs' }).getByRole('listitem')).toHaveCount(1)
  await look('Runs')
}

for (const colorScheme of ['light', 'dark'] as const)
  test(`every screen can be used by everybody, in ${colorScheme}`, async ({ page }) => {
    // Twelve screens, each looked through from top to bottom.
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const found: string[] = []
    await onEachScreen(page, async (screen) => {
      const look = new AxeBuilder({ page }).setLegacyMode()
      // What is not a matter of colour is the same in both.
      const { violations } = await (colorScheme === 'dark' ? look.withRules('color-contrast') : look).analyze()
      for (const { id, impact, nodes } of violations)
        if (impact === 'serious' || impact === 'critical')
          found.push(`${screen}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`)
    })
    expect(found).toEqual([])
  })

test('the smallest window holds every screen without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 })
  const wide: string[] = []
  await page.getByRole('button', { name: 'Jacquard: all chains' }).click()
  const look = async (screen: string): Promise<void> => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    const below = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
    if (over > 0 || below > 0) wide.push(`${screen}: ${over} px too wide, ${below} px too high`)
  }
  await look('Home')
  await page.getByRole('button', { name: 'Triage tickets', exact: true }).click()
  for (const screen of ['Build', 'Test', 'Compare', 'Launch', 'Workers', 'Runs', 'Settings'] as const) {
    await goTo(page, screen)
    await look(screen)
  }
  expect(wide).toEqual([])
})

test('the colour scheme is chosen in Settings and kept', async ({ page }) => {
  const html = page.locator('html')
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await ground()
  await goTo(page, 'Settings')
  await page.getByRole('radiogroup', { name: 'Colour scheme' }).getByText('Dark').click()
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark')
  expect(await ground()).not.toBe(light)
  await page.reload()
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await goTo(page, 'Settings')
  await page.getByRole('radiogroup', { name: 'Colour scheme' }).getByText('As the system').click()
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light')
})
