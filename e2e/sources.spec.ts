import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import type { Workshop } from './hosts/workshop.ts'
import { expectState, goTo, openChain, readLines } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '20' } })

/** Takes any item as it is: what a source gives is seen in the results. */
const CHAIN = `jacquard: 1
name: Any item
stages:
  seen:
    kind: transform
    value: "{{ item }}"
output: "{{ seen }}"
sink:
  jsonl: results/any-item.jsonl
`

async function openLaunch(page: Page, workspace: string): Promise<void> {
  writeFileSync(join(workspace, 'chains/any-item.chain.yaml'), CHAIN)
  await openChain(page, 'Any item')
  await goTo(page, 'Launch')
}

/** By the picker of the window, or the system's dialog where there is one. */
async function choose(
  { page, desktop }: Workshop,
  { path, title, press }: { path: string; title: string; press: () => Promise<void> },
): Promise<void> {
  await desktop?.answerDialog('showOpenDialog', { canceled: false, filePaths: [path] })
  await press()
  if (desktop !== null) return
  const picker = page.getByRole('dialog', { name: title })
  await picker.getByRole('button', { name: 'inputs', exact: true }).click()
  const name = path.split('/').at(-1) ?? ''
  await picker.getByRole('button', { name: new RegExp(`^${name.replaceAll('.', '\\.')}`) }).click()
  if (title.includes('folder')) await picker.getByRole('button', { name: /^(Choose|Use|Watch|Open)/ }).click()
}

const FILES = [
  { name: 'customers.tsv', items: 8, first: { id: 'C-01', name: 'Ingrid Solberg' } },
  { name: 'parcels.xlsx', items: null, first: null },
  { name: 'rows.json', items: 2, first: { city: 'Oslo', n: 1 } },
  { name: 'server.log', items: null, first: null },
] as const

for (const { name, items, first } of FILES)
  test(`launches over the items of ${name}`, async ({ page, workshop, folders }) => {
    const path = join(folders.workspace, 'inputs', name)
    if (name === 'rows.json')
      writeFileSync(
        path,
        JSON.stringify([
          { city: 'Oslo', n: 1 },
          { city: 'Bergen', n: 2 },
        ]),
      )
    if (name === 'parcels.xlsx') copyFileSync(join(folders.workspace, 'inputs/mailroom/2026-03/parcels.xlsx'), path)
    await openLaunch(page, folders.workspace)
    await expect(page.getByText('This chain names no source')).toBeVisible()
    const press = () => page.getByRole('button', { name: 'File…' }).click()
    await choose(workshop, { path, title: 'Choose a file of items', press })

    const panel = page.getByRole('region', { name: 'Items' })
    await expect(panel.getByText(/^\d+ items · for this launch/)).toBeVisible()
    const go = page.getByRole('button', { name: /^Launch \d+ items/ })
    const counted = Number(/\d+/.exec((await go.textContent()) ?? '')?.[0])
    if (items !== null) expect(counted).toBe(items)
    expect(counted).toBeGreaterThan(1)
    await go.click()
    await expectState(page, 'completed')
    const lines = readLines(folders.workspace, 'results/any-item.jsonl')
    expect(lines.map(({ status }) => status)).toEqual(Array.from({ length: counted }, () => 'succeeded'))
    if (first !== null) expect(lines[0]?.output).toMatchObject(first)
    else expect(lines[0]?.output).not.toBeNull()
  })

test('launches over texts that are pasted, and refuses what is no web address', async ({ page, folders }) => {
  await openLaunch(page, folders.workspace)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Web addresses…' }).click()
  const addresses = page.getByRole('dialog', { name: 'Items from web addresses' })
  await addresses.getByRole('textbox', { name: 'Addresses' }).fill('https://a.example\nnot one')
  await expect(addresses.getByText('This is no web address: not one')).toBeVisible()
  await expect(addresses.getByRole('button', { name: /^Use/ })).toBeDisabled()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Texts…' }).click()
  const texts = page.getByRole('dialog', { name: 'Items from texts' })
  await texts.getByRole('textbox', { name: 'Texts' }).fill('The first.\n---\nThe second,\nof two lines.')
  await texts.getByRole('button', { name: 'Use 2 items' }).click()
  await expect(page.getByRole('region', { name: 'Items' }).getByText('2 texts')).toBeVisible()
  await page.getByRole('button', { name: 'Launch 2 items' }).click()
  await expectState(page, 'completed')
  const lines = readLines(folders.workspace, 'results/any-item.jsonl')
  expect(lines.map(({ output }) => output)).toMatchObject([
    { text: 'The first.' },
    { text: 'The second,\nof two lines.' },
  ])
})

test('watches a folder: what comes while the run goes on is run, until it is finished', async ({
  page,
  workshop,
  folders,
}) => {
  const path = join(folders.workspace, 'inputs/hot')
  mkdirSync(path)
  writeFileSync(join(path, 'first.txt'), 'There before the launch.')
  await openLaunch(page, folders.workspace)
  await choose(workshop, {
    path,
    title: 'Choose a folder to watch',
    press: async () => {
      await page.getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem', { name: 'Watch a folder…' }).click()
    },
  })
  await expect(page.getByRole('region', { name: 'Items' }).getByText(/^1 now · goes on until you finish/)).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])

  await page.getByRole('button', { name: 'Launch and watch' }).click()
  const grid = page.getByRole('grid', { name: 'Results' })
  await expect(grid.getByText('first.txt').first()).toBeVisible()
  writeFileSync(join(path, 'second.txt'), 'Come while it ran.')
  await expect(grid.getByText('second.txt').first()).toBeVisible({ timeout: 15_000 })
  await expect(page.getByRole('main').getByText('running', { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Finish' }).click()
  await expectState(page, 'completed')
  const lines = readLines(folders.workspace, 'results/any-item.jsonl')
  expect(lines.map(({ key }) => key)).toEqual(['first.txt', 'second.txt'])
})
