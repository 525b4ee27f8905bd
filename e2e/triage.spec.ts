import { expect, test } from './fixtures.ts'
import { bindTiers, startProvider, writeChain } from './provider.ts'
import { countsOf, expectState, launch } from './steps.ts'

const STAGE = `    prompt: "Answer {{ item }}"
    maxTokens: 60
    output: { type: object, required: [answer], properties: { answer: { type: string } } }`

test('failures by cause: a try on some, the fix for all of them, and nobody else is asked', async ({
  openWorkshop,
  folders,
}) => {
  const isCut = (text: string): boolean => /letter [3579]\b/.test(text)
  const provider = await startProvider(({ text, maxTokens }) => {
    if (/letter 2\b/.test(text)) return { text: 'This image cannot be read', status: 400 }
    if (isCut(text) && (maxTokens ?? 0) < 200) return { text: '{"answer": "half', tokens: 60, isCut: true }
    return { text: '{"answer":"Thank you."}' }
  })
  writeChain(folders.workspace, { items: 12, stage: STAGE })
  bindTiers(folders.workspace, provider)
  const { page, close } = await openWorkshop()
  await launch(page, 'Letters')
  await expectState(page, 'completed')
  await expect(page.getByRole('main').getByText('= 12 ✓')).toBeVisible()
  const askedFor12 = provider.asked.length

  await page.keyboard.press('t')
  const board = page.getByRole('region', { name: 'Failures' })
  await expect(board.getByRole('status').first()).toHaveText('5 failed for 2 causes')
  const cut = board.getByRole('article', { name: 'Answer cut off at 60 tokens' })
  const refused = board.getByRole('article', { name: /^Request refused/ })
  await expect(cut).toContainText('4 items')
  await expect(cut).toContainText("Raise the answer's limit")

  await test.step('one of them is opened, and the place where only a person can help', async () => {
    await cut.getByRole('button', { name: 'Item 3' }).click()
    await expect(page.getByRole('complementary', { name: 'Item 3' })).toContainText('cut off')
    await page.keyboard.press('Escape')
    await expect(refused.getByRole('button', { name: 'Edit answer in Build' })).toBeVisible()
  })

  await test.step('a try touches nothing and says what it came to', async () => {
    await cut.getByRole('button', { name: 'Try on 3' }).click()
    await expect(cut.getByRole('status')).toHaveText(/^3 of 3 succeeded for \$/)
    expect(await countsOf(page)).toEqual({ succeeded: 7, failed: 5 })
  })

  await test.step('the fix says what it asks for, and asks for no more', async () => {
    await cut.getByRole('button', { name: 'Apply to 4' }).hover()
    await expect(page.getByRole('tooltip')).toContainText('1 call, 3 from memory, about $')
    await cut.getByRole('button', { name: 'Apply to 4' }).click()
    await expect(cut).toBeHidden()
    await expect(refused).toBeVisible()
    await expectState(page, 'completed')
    expect(await countsOf(page)).toEqual({ succeeded: 11, failed: 1 })
    const again = provider.asked.slice(askedFor12)
    expect(again.map(({ text }) => /letter \d+/.exec(text)?.[0])).toEqual([
      'letter 3',
      'letter 5',
      'letter 7',
      'letter 9',
    ])
  })
  await close()
  await provider.close()
})
