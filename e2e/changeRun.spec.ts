import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { bindTiers, startProvider, writeChain } from './provider.ts'
import { expectSomeDone, expectState, launch, readLines } from './steps.ts'

test('a run goes on by another prompt, for those that are not finished; each result says by which', async ({
  openWorkshop,
  folders,
}) => {
  // The first ones at once; the others not before the chain is changed, for a slow machine to come along.
  const provider = await startProvider(({ text }) =>
    /kindly/.test(text) ? { text: 'Dear you' } : { text: 'You', afterMs: /letter \d\b/.test(text) ? 0 : 2_000 },
  )
  writeChain(folders.workspace, {
    items: 60,
    stage: '    # Written by hand.\n    prompt: "Answer {{ item }}"\nsink: { jsonl: results/letters.jsonl }',
  })
  bindTiers(folders.workspace, provider)
  const { page, close } = await openWorkshop()
  await launch(page, 'Letters')
  await expectSomeDone(page)
  await page.keyboard.press('ControlOrMeta+.')
  await expectState(page, 'paused')

  await test.step('one that waits goes first', async () => {
    await page.getByRole('button', { name: /^Resume/ }).click()
    await page.getByRole('grid', { name: 'Results' }).focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    const item = page.getByRole('complementary', { name: 'Item 60' })
    await item.getByRole('button', { name: 'Do first' }).click()
    await expect(item.getByText('succeeded').first()).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('the change says whom it is for and what it costs', async () => {
    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog', { name: 'Change Letters' })
    await dialog.getByRole('textbox', { name: 'Prompt' }).fill('Answer kindly {{ item }}')
    await expect(dialog.getByRole('radio', { name: /not finished$/ })).toBeChecked()
    await dialog.getByText('What changes in the chain').click()
    await expect(dialog.getByRole('textbox', { name: 'The chain: after' })).toContainText('Answer kindly')
    await dialog.getByRole('button', { name: /^Apply to \d+ · ≈ \$/ }).click()
    await expect(dialog).toBeHidden()
  })

  await test.step('results and the list of changes say by which text', async () => {
    await expectState(page, 'completed')
    const lines = readLines(folders.workspace, 'results/letters.jsonl')
    const [before, after] = [lines.filter(({ revision }) => !revision), lines.filter(({ revision }) => revision === 1)]
    expect(before.length + after.length).toBe(60)
    expect(before.length).toBeGreaterThan(0)
    expect(new Set(after.map(({ output }) => JSON.stringify(output)))).toEqual(new Set(['{"answer":"Dear you"}']))
    await expect(page.getByRole('gridcell', { name: 'v1', exact: true }).first()).toBeVisible()
    await page.getByRole('button', { name: 'v2: changes of the chain' }).click()
    const changes = page.getByRole('region', { name: 'Changes' })
    await expect(changes.getByRole('list')).toContainText(`${after.length} items ran by it`)
    await expect(changes.getByRole('textbox', { name: /after$/ })).toContainText('# Written by hand.')
    expect(readFileSync(join(folders.workspace, 'chains/letters.chain.yaml'), 'utf8')).not.toContain('kindly')
  })
  await close()
  await provider.close()
})
