import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { type Answered, type Asked, type Provider, startProvider } from './provider.ts'
import { goTo, openChain } from './steps.ts'

test.use({ env: { TEST_KEY: 'k' } })

let provider: Provider | null = null
test.afterEach(async () => {
  await provider?.close()
  provider = null
})

const LETTERS = [
  'parcel late',
  'refund please',
  'thank you',
  'broken lamp',
  'wrong colour',
  'where is it',
  'new address',
  'cancel it',
]
const CHAIN = `jacquard: 1
name: Letters
source: { text: [${LETTERS.map((text) => `"${text}"`).join(', ')}] }
stages:
  sort:
    kind: model
    tier: frontier # the dearest
    prompt: "Sort: {{ item.text }}"
    repair: 0
    output: { type: object, required: [topic], properties: { topic: { type: string }, sure: { type: boolean } } }
`

/** Three tiers of rising price at one provider, and one without a key. */
async function begin(page: Page, workspace: string, answer: (asked: Asked) => Answered): Promise<Provider> {
  provider = await startProvider(answer)
  const { url } = provider
  const tier = (name: string, model: string, price: number) =>
    `  ${name}: { backend: openai-compatible, model: ${model}, baseUrl: "${url}", price: { input: ${price}, output: ${price} } }`
  writeFileSync(
    join(workspace, 'jacquard.yaml'),
    `tiers:\n${tier('local', 'small', 1)}\n${tier('standard', 'middle', 10)}\n${tier('frontier', 'large', 100)}\n  closed: { backend: anthropic, model: m }\n`,
  )
  writeFileSync(join(workspace, 'chains/letters.chain.yaml'), CHAIN)
  await openChain(page, 'Letters')
  await goTo(page, 'Compare')
  return provider
}

function topic({ text }: Asked): string {
  return text.includes('parcel') || text.includes('where') || text.includes('address') ? 'delivery' : 'other'
}

/** The small model takes refunds for deliveries, and has no topic for thanks. */
function answer(asked: Asked): Answered {
  const small = asked.model === 'small'
  if (small && asked.text.includes('thank')) return { text: 'You are welcome!' }
  return {
    text: JSON.stringify({ topic: small && asked.text.includes('refund') ? 'delivery' : topic(asked), sure: true }),
  }
}

async function chooseTiers(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) await page.getByRole('checkbox', { name: `Compare ${name}` }).check()
}

function compareButton(page: Page): Locator {
  return page.getByRole('main').getByRole('button', { name: 'Compare', exact: true })
}

async function compare(page: Page): Promise<void> {
  await compareButton(page).click()
  await expect(page.getByRole('region', { name: 'Recommendation' })).toBeVisible({ timeout: 20_000 })
}

function row(page: Page, item: string): Locator {
  return page
    .getByRole('grid', { name: 'Comparison' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${item} `) }) })
}

async function expectUsableByAll(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`)).toEqual([])
}

test('tiers are compared over a sample: price before, differences, summary, and what to take, written into the chain', async ({
  page,
  folders,
}) => {
  const { asked } = await begin(page, folders.workspace, answer)
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'Choose two tiers (3 of 4 are ready)' })).toBeVisible()
  await expect(main.getByRole('checkbox', { name: 'Compare closed' })).toBeDisabled()
  await expect(main.getByText('ANTHROPIC_API_KEY')).toBeVisible()
  await expect(compareButton(page)).toHaveAttribute('aria-disabled', 'true')
  await expectUsableByAll(page)
  await chooseTiers(page, 'local', 'frontier')
  await expect(main.getByText(/^16 calls, about \$0\.\d+$/)).toBeVisible()
  expect(asked).toHaveLength(0)
  await compare(page)
  await expect(main.getByText('16 answers')).toBeVisible()
  expect(asked).toHaveLength(16)

  // What differs, and only that.
  await expect(row(page, '2').getByRole('deletion')).toHaveText('other')
  await expect(row(page, '2').getByRole('insertion')).toHaveText('delivery')
  await expect(row(page, '2')).toContainText('1 of 2 agree')
  await expect(row(page, '1')).toContainText('all agree')
  await expect(row(page, '3')).toContainText('Invalid answer')
  await expect(main.getByText('1 failed: invalid answer')).toBeVisible()
  await main.getByRole('button', { name: 'differ 1' }).click()
  await expect(row(page, '2')).toBeVisible()
  await expect(row(page, '1')).toHaveCount(0)
  await main.getByRole('button', { name: 'invalid 1' }).click()
  await expect(row(page, '3')).toBeVisible()
  await main.getByRole('button', { name: 'all 8' }).click()

  // What each comes to.
  const grid = page.getByRole('grid', { name: 'Comparison' })
  await expect(grid.getByRole('row', { name: /^Valid/ })).toContainText('88 % (53–98)')
  await expect(grid.getByRole('row', { name: /^Agrees with frontier/ })).toContainText('75 % (41–93)')
  await expectUsableByAll(page)

  // What to take: with the failed one on the better tier, seven of eight are not enough.
  const advice = page.getByRole('region', { name: 'Recommendation' })
  await expect(advice).toContainText('sort →Ffrontier')
  await advice.getByRole('button', { name: 'Why' }).click()
  await expect(advice).toContainText('Only 7 of 8 answers of local agree with frontier.')
  await expect(advice).toContainText('The chain is so already')

  await main.getByRole('button', { name: 'Add variant' }).click()
  await page.getByRole('menuitem', { name: /standard/ }).click()
  await expect(main.getByText(/^9 calls, 15 from memory, /)).toBeVisible()
  await compare(page)
  await expect(main.getByText('24 answers')).toBeVisible()
  expect(asked).toHaveLength(25)
  // The base was the last variant; now it is chosen.
  await page.getByRole('button', { name: 'Make frontier the base' }).click()
  await expect(advice).toContainText('8 of 8 agree with frontier; could be as low as 68 %.')
  await expect(advice).toContainText('(−90 %)')
  await advice.getByRole('button', { name: 'Apply' }).click()
  await expect(advice).toContainText('In the chain now')
  const chain = () => readFileSync(join(folders.workspace, 'chains/letters.chain.yaml'), 'utf8')
  await expect.poll(chain).toContain('tier: standard # the dearest')
  await advice.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(chain).toBe(CHAIN)
})

test('an answer is opened with its trace, walked by keys, and seen as a picture', async ({ page, folders }) => {
  await begin(page, folders.workspace, answer)
  await chooseTiers(page, 'local', 'standard', 'frontier')
  await compare(page)
  const grid = page.getByRole('grid', { name: 'Comparison' })
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('complementary', { name: 'local: 2' })
  await expect(drawer.getByRole('region', { name: 'Different from frontier' })).toContainText('topic')
  await expect(drawer.getByRole('article', { name: 'Stage sort' })).toContainText('delivery')
  await drawer.getByRole('button', { name: 'Bad' }).click()
  await expect(drawer.getByRole('button', { name: 'Bad' })).toHaveAttribute('aria-pressed', 'true')
  await grid.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('complementary', { name: 'standard: 2' })).toBeVisible()
  await expectUsableByAll(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary')).toHaveCount(0)
  await grid.focus()
  await page.keyboard.press('b')
  await expect(page.getByRole('button', { name: 'Make frontier the base' })).toBeVisible()
  await expect(grid.getByRole('deletion').first()).toBeVisible()
  await page.keyboard.press('x')
  await expect(grid.getByRole('deletion')).toHaveCount(0)
  await page.keyboard.press('f')
  await expect(row(page, '1')).toHaveCount(0)
  await page.keyboard.press('v')
  await expect(page.getByRole('region', { name: 'Duel' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Recommendation' })).toHaveCount(0)
  await page.keyboard.press('v')
  const picture = page.getByRole('img', { name: 'Cost and quality' })
  await expect(picture).toContainText('local 75 %')
  await expect(picture).toContainText('standard base')
  await expectUsableByAll(page)
})

test('the sample is the person’s: taken out, put in, chosen anew, kept with the chain', async ({ page, folders }) => {
  await begin(page, folders.workspace, answer)
  await page.getByRole('button', { name: '8 items' }).click()
  const sample = page.getByRole('dialog')
  await expect(sample.getByRole('listitem')).toHaveCount(8)
  await expect(sample.getByRole('list')).toContainText('odd one')
  for (const item of ['1', '4', '5']) await sample.getByRole('button', { name: `Take ${item} out` }).click()
  await expect(sample.getByRole('listitem')).toHaveCount(5)
  await sample.getByRole('combobox', { name: 'Add an item' }).fill('4')
  await sample.getByRole('option', { name: '4' }).click()
  await expect(sample.getByRole('listitem').filter({ hasText: 'chosen by you' })).toHaveCount(1)
  await expectUsableByAll(page)
  const kept = () => readFileSync(join(folders.workspace, 'chains/letters.sample.yaml'), 'utf8')
  await expect.poll(kept).toContain('chosen')
  await sample.getByRole('textbox', { name: 'Items to choose' }).fill('3')
  await sample.getByRole('button', { name: 'Choose anew' }).click()
  await expect(sample.getByRole('listitem')).toHaveCount(3)
  await expect(sample.getByRole('listitem').filter({ hasText: 'chosen by you' })).toHaveCount(1)
  await page.keyboard.press('Escape')
  await page.reload()
  await openChain(page, 'Letters')
  await goTo(page, 'Compare')
  await expect(page.getByRole('button', { name: '3 items' })).toBeVisible()
})

test('a column that failed is tried again, and the comparison is there when one comes back', async ({
  page,
  folders,
}) => {
  let isDown = true
  await begin(page, folders.workspace, (asked) =>
    isDown && asked.model === 'small' ? { status: 400, text: 'this model is asleep' } : answer(asked),
  )
  await chooseTiers(page, 'local', 'frontier')
  await compare(page)
  const main = page.getByRole('main')
  await expect(main.getByText('8 failed: provider error')).toBeVisible()
  await expect(row(page, '1')).toContainText('asleep')
  await expect(row(page, '1')).toContainText('delivery')
  isDown = false
  await page.getByRole('button', { name: 'Retry column local' }).click()
  await expect(main.getByText('1 failed: invalid answer')).toBeVisible()
  await expect(row(page, '2').getByRole('insertion')).toHaveText('delivery')
  await page.reload()
  await openChain(page, 'Letters')
  await goTo(page, 'Compare')
  await expect(row(page, '2').getByRole('insertion')).toHaveText('delivery')
  await expect(main.getByRole('list', { name: 'Variants' })).toContainText('local')
})

test('another prompt and another model are variants too; one stage alone, several times', async ({ page, folders }) => {
  let asks = 0
  const nextAsk = () => {
    asks++
    return asks
  }
  const { asked } = await begin(page, folders.workspace, (question) => {
    if (question.model === 'tiny') return { text: '{"topic":"tiny"}' }
    if (question.text.includes('Topic of')) return { text: JSON.stringify({ topic: `asked ${nextAsk()}` }) }
    return answer(question)
  })
  const main = page.getByRole('main')
  await main.getByRole('button', { name: 'Add variant' }).click()
  await page.getByRole('menuitem', { name: 'Another prompt of a stage…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Add' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Prompt' }).fill('Topic of: {{ item.text }}')
  await expectUsableByAll(page)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('shorter prompt')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await main.getByRole('button', { name: 'Add variant' }).click()
  await page.getByRole('menuitem', { name: 'Another model…' }).click()
  await dialog.getByRole('textbox', { name: 'Model' }).fill('tiny')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await main.getByRole('button', { name: 'Add variant' }).click()
  await page.getByRole('menuitem', { name: 'The chain as drawn' }).click()
  await main.getByRole('combobox', { name: 'What is compared' }).click()
  await page.getByRole('option', { name: 'sort' }).click()
  await main.getByRole('combobox', { name: 'How often each item is asked' }).click()
  await page.getByRole('option', { name: '2 times' }).click()
  await compare(page)
  await expect(main.getByText('48 answers')).toBeVisible()
  expect(asked.filter(({ model }) => model === 'tiny').length).toBe(16)
  await expect(row(page, '1')).toContainText('1/2 same')
  await expect(row(page, '1')).toContainText('2/2 same')
  await expect(row(page, '1')).toContainText('tiny')
})

test('it can be stopped, and keeps what was answered', async ({ page, folders }) => {
  await begin(page, folders.workspace, (asked) => ({
    ...answer(asked),
    afterMs: asked.text.includes('cancel') ? 60_000 : 0,
  }))
  await chooseTiers(page, 'local', 'frontier')
  await compareButton(page).click()
  const main = page.getByRole('main')
  await expect(main.getByText('14 of 16')).toBeVisible()
  await main.getByRole('button', { name: 'Stop' }).click()
  await expect(main.getByText('Stopped at 14 of 16')).toBeVisible()
  await expect(row(page, '8')).toContainText('not tried')
})
