import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { parse } from 'yaml'
import { expect, test } from './fixtures.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '10' } })

const step = (page: Page, name: string): Locator => page.getByRole('banner').getByRole('button', { name, exact: true })

/** The dot at a stage's side that a wire is drawn from (`source`) or to. */
const handle = (page: Page, stage: string, side: 'source' | 'target'): Locator =>
  page.locator(`.react-flow__node[data-id="${stage}"] .react-flow__handle.${side}`)

/** What the chain's file says now, as the person's edits are saved while they work. */
function chainOf(workspace: string): { stages: Record<string, Record<string, unknown>> } {
  return parse(readFileSync(join(workspace, 'chains/triage-tickets.chain.yaml'), 'utf8')) as never
}

test('the main job: draw, try one item, launch the folder, watch the grid, open a failure, export', async ({
  page,
  folders,
}) => {
  test.setTimeout(120_000)
  await page.getByText('Triage tickets', { exact: true }).click()

  await test.step('drag a model stage in, connect it, edit its prompt', async () => {
    const palette = page.getByRole('navigation', { name: 'Palette' })
    const canvas = page.getByRole('region', { name: 'Canvas' })
    await palette.getByText('Model', { exact: true }).dragTo(canvas, { targetPosition: { x: 420, y: 160 } })
    await expect.poll(() => Object.keys(chainOf(folders.workspace).stages).length).toBe(4)
    const id = Object.keys(chainOf(folders.workspace).stages).at(-1) ?? ''

    const from = await handle(page, 'classify', 'source').boundingBox()
    const to = await handle(page, id, 'target').boundingBox()
    if (from === null || to === null) throw new Error('The stages have no handles.')
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
    await page.mouse.down()
    await page.mouse.move(to.x - 30, to.y + 20, { steps: 8 })
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => JSON.stringify(chainOf(folders.workspace).stages[id])).toContain('{{ classify')
  })
  await test.step('write its prompt with completion', async () => {
    const prompt = page.getByRole('textbox', { name: 'Prompt' })
    await prompt.click()
    await prompt.press('Control+End')
    await prompt.pressSequentially('Name one word for: {{ extr')
    await page
      .getByRole('option', { name: /extract/ })
      .first()
      .click()
    await prompt.pressSequentially('.prob')
    await page
      .getByRole('option', { name: /problem/ })
      .first()
      .click()
    await expect
      .poll(() => JSON.stringify(chainOf(folders.workspace).stages.model?.prompt))
      .toContain('{{ extract.problem')
    await prompt.fill('Name one word for {{ extract.problem }} of {{ classify.category }}')
  })

  await test.step('try the chain on one item', async () => {
    await step(page, 'Test').click()
    await page.getByRole('button', { name: 'Run on this item' }).click()
    const stage = page.getByRole('article', { name: 'Stage model' })
    await expect(stage.getByRole('img', { name: 'succeeded' })).toBeVisible({ timeout: 15_000 })
    await expect(stage.getByText('Name one word for').first()).toBeVisible()
    await expect(
      page.getByRole('article', { name: 'Stage classify' }).getByText('billing', { exact: true }),
    ).toBeVisible()
  })

  await test.step('launch the folder and watch the counts add up', async () => {
    await step(page, 'Launch').click()
    await page.getByRole('button', { name: /^Launch 50 items/ }).click()
    const header = page.getByRole('main')
    await expect(header.getByText(/completed$/)).toBeVisible({ timeout: 60_000 })
    await expect(header.getByText('= 50')).toBeVisible()
  })

  await test.step('open a failure from the grid, by keyboard', async () => {
    await page.getByRole('application', { name: /^50 items by 4 stages/ }).focus()
    await page.keyboard.press('f')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('complementary', { name: 'Item 7' })
    await expect(drawer.getByText('also when it was asked for again')).toBeVisible()
    await expect(drawer.getByText('asked to repair its answer').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
  })

  await test.step('export', async () => {
    const written = readFileSync(join(folders.workspace, 'results/triage-tickets.jsonl'), 'utf8').trimEnd().split('\n')
    expect(written.length).toBe(50)
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: /CSV/ }).click()
    const table = () => readdirSync(join(folders.workspace, 'results')).find((file) => /^[^.].*\.csv$/.test(file))
    await expect.poll(table).toBeDefined()
    const [header] = readFileSync(join(folders.workspace, 'results', table() ?? ''), 'utf8').split('\n')
    expect(header).toContain('index,key,status,customer,product,problem')
  })
})
