import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { countsOf, expectState, expectSum, expectUsableByAll, goTo, launch, openChain, readLines } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '20' } })

/** Sorts tickets five to a call, reads each paragraph alone, and sums up what was gathered. */
const CHAIN = `jacquard: 1
name: Lanes
source:
  folder: inputs/tickets
stages:
  sort:
    kind: model
    tier: local
    prompt: "{{ item.text }}"
    pack: { size: 5 }
    output:
      type: object
      required: [category]
      properties:
        category: { type: string, enum: [billing, bug, other] }
  paragraphs:
    kind: chunk
    text: "{{ item.text }}"
    by: paragraphs
    size: 2
  each:
    kind: map
    over: "{{ paragraphs }}"
    as: paragraph
    stages:
      gist:
        kind: model
        tier: local
        prompt: "Say it in one sentence: {{ paragraph.text }}"
  together:
    kind: gather
    key: sort.category
    size: 6
    where: sort.category != 'other'
    value: { file: "{{ item.name }}", gists: "{{ each }}" }
  theme:
    kind: model
    tier: standard
    prompt: "What is it about? {{ items }}"
sink:
  jsonl: results/lanes.jsonl
`

const rows = (page: Page): Locator =>
  page
    .getByRole('grid', { name: 'Results' })
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })

async function launchLanes(page: Page, workspace: string): Promise<void> {
  writeFileSync(join(workspace, 'chains/lanes.chain.yaml'), CHAIN)
  await launch(page, 'Lanes')
  await expectState(page, 'completed')
}

test('shows a band for each lane, and counts that add up in both', async ({ page, folders }) => {
  await launchLanes(page, folders.workspace)
  await expectSum(page, 50)
  const lines = readLines(folders.workspace, 'results/lanes.jsonl')
  const groups = lines.filter(({ lane }) => lane === 1)
  const { succeeded = 0, skipped = 0, failed = 0 } = await countsOf(page)
  const gathered = groups.flatMap(({ members = [] }) => members)
  expect(new Set(gathered).size).toBe(succeeded)
  expect(lines.length - groups.length).toBe(failed + skipped)

  const main = page.getByRole('main')
  await expect(main.getByRole('region', { name: '50 items' }).getByRole('application')).toHaveAccessibleName(
    /^50 items by 4 stages/,
  )
  await expect(
    main.getByRole('region', { name: `${groups.length} groups of together` }).getByRole('application'),
  ).toHaveAccessibleName(`${groups.length} groups by 1 stages: ${groups.length} done, 0 failed, 0 running, 0 waiting`)
  await expect(main.getByText(`${succeeded} in ${groups.length} groups`)).toBeVisible()
  await expect(main.getByText(/answered in \d+ calls/)).toBeVisible()

  await test.step('whose items tell why they are in no group', async () => {
    await page.getByRole('radiogroup', { name: 'Results of' }).getByText('50 items').click()
    await page
      .getByRole('region', { name: 'Results' })
      .getByRole('button', { name: /^skipped/ })
      .click()
    await expect(page.getByRole('region', { name: 'Results' }).getByRole('status')).toHaveText(`${skipped} items`)
    await expect(rows(page).first()).toContainText('filtered')
  })

  await test.step('and are found by what became of them', async () => {
    const results = page.getByRole('region', { name: 'Results' })
    await results.getByRole('button', { name: /^skipped/ }).click()
    await results.getByRole('button', { name: /^gathered/ }).click()
    await expect(results.getByRole('status')).toHaveText(`${succeeded} items`)
  })
})

test('goes with the keys from a group to its member, into an element of its map, and back', async ({
  page,
  folders,
}) => {
  await launchLanes(page, folders.workspace)
  const drawer = page.getByRole('complementary')
  await page
    .getByRole('region', { name: /groups of together/ })
    .getByRole('application')
    .focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(drawer).toHaveAccessibleName('Group 2')
  await expect(drawer.getByText(/members?, released because/)).toBeVisible()
  await page.keyboard.press('k')
  await expect(drawer).toHaveAccessibleName('Group 1')
  await expectUsableByAll(page)

  const member = drawer.getByRole('list', { name: 'Members' }).getByRole('button').first()
  const name = /\d{5}-[\w-]+\.txt/.exec((await member.textContent()) ?? '')?.[0] ?? ''
  await member.focus()
  await page.keyboard.press('Enter')
  await expect(drawer).toHaveAccessibleName(/^Item \d+$/)
  await expect(drawer).toContainText(name)
  await expect(page.getByRole('grid', { name: 'Results' }).locator('[aria-current=true]')).toContainText(name)

  const inside = drawer.getByRole('region', { name: 'Inside each' })
  await inside.getByRole('button').first().click()
  await expect(inside.getByRole('article', { name: 'Stage gist' })).toContainText('local')
  await inside.getByText('Prompt as sent').click()
  await expect(inside.getByRole('button', { name: 'Copy prompt' })).toBeVisible()
  await expectUsableByAll(page)

  await drawer.getByRole('button', { name: /^Went into group 1/ }).click()
  await expect(drawer).toHaveAccessibleName('Group 1')
})

test('exports groups and what is in none, and asks only what failed again', async ({ page, folders }) => {
  await launchLanes(page, folders.workspace)
  const before = await countsOf(page)
  expect(before.failed).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /^CSV/ }).click()
  await expect(page.getByText(/exported to.*\.csv/)).toBeVisible()

  writeFileSync(join(folders.workspace, 'inputs/tickets/10427-empty.txt'), 'My invoice is wrong: I was billed twice.')
  await page.getByRole('button', { name: /^Retry \d+ failed/ }).click()
  await expect.poll(async () => (await countsOf(page)).failed ?? 0).toBeLessThan(before.failed ?? 0)
  await expectState(page, 'completed')
  await expectSum(page, 50)
})

test('tries one item through all lanes, and says that its group has one member', async ({ page, folders }) => {
  writeFileSync(join(folders.workspace, 'chains/lanes.chain.yaml'), CHAIN)
  await openChain(page, 'Lanes')
  await goTo(page, 'Test')
  await expect(page.getByRole('region', { name: 'Groups of together' })).toContainText('one member')
  const inner = page.getByRole('group', { name: 'Tiers inside each' })
  await inner.getByRole('combobox', { name: 'Tier of gist for this try' }).click()
  await page.getByRole('option', { name: 'frontier' }).click()
  await page.getByRole('button', { name: 'Run on this item' }).click()

  const theme = page.getByRole('article', { name: 'Stage theme' })
  await expect(theme.getByText('Prompt as sent')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Total' })).toContainText('succeeded')
  const each = page.getByRole('region', { name: 'Inside each' })
  await each.getByRole('button').first().click()
  await expect(each.getByRole('article', { name: 'Stage gist' })).toContainText('frontier')
  await expectUsableByAll(page)
})
