import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { type Answered, type Asked, type Provider, startProvider } from './provider.ts'
import { expectUsableByAll, goTo, openChain } from './steps.ts'

test.use({ env: { TEST_KEY: 'k' } })

let provider: Provider | null = null
test.afterEach(async () => {
  await provider?.close()
  provider = null
})

const LETTERS = ['late parcel', 'refund please', 'thank you', 'broken lamp', 'wrong colour', 'where is it', 'same here']
const CHAIN = `jacquard: 1
name: Letters
source: { text: [${LETTERS.map((text) => `"${text}"`).join(', ')}] }
stages:
  reply:
    kind: model
    prompt: "Reply to: {{ item.text }}"
    output: { type: object, required: [reply], properties: { reply: { type: string }, tone: { type: string } } }
output: "{{ reply }}"
`

/** The better writer says what it is about; the judge prefers what is longer. */
function answer({ model, text }: Asked): Answered {
  if (text.includes('<first_answer>')) {
    const read = (name: string) => new RegExp(`<${name}>([^]*?)</${name}>`).exec(text)?.[1] ?? ''
    const better = read('first_answer').length > read('second_answer').length ? 'first' : 'second'
    return { text: JSON.stringify({ why: 'It says what it is about.', better }) }
  }
  const about = text.replace('Reply to: ', '')
  if (about.includes('same')) return { text: JSON.stringify({ reply: 'Thank you.', tone: 'plain' }) }
  const reply =
    model === 'large' ? `Thank you for your letter about “${about}”. We look into it.` : 'Thank you for your letter.'
  return { text: JSON.stringify({ reply, tone: model === 'large' ? 'warm' : 'plain' }) }
}

async function begin(page: Page, workspace: string): Promise<void> {
  provider = await startProvider(answer)
  const { url } = provider
  const tier = (name: string, model: string, price: number) =>
    `  ${name}: { backend: openai-compatible, model: ${model}, baseUrl: "${url}", price: { input: ${price}, output: ${price} } }`
  writeFileSync(
    join(workspace, 'jacquard.yaml'),
    `tiers:\n${tier('penny', 'small', 1)}\n${tier('pound', 'large', 100)}\n${tier('umpire', 'judge', 50)}\n`,
  )
  writeFileSync(
    join(workspace, 'chains/letters.chain.yaml'),
    CHAIN.replace('kind: model', 'kind: model\n    tier: penny'),
  )
  await openChain(page, 'Letters')
  await goTo(page, 'Compare')
  for (const name of ['penny', 'pound']) await page.getByRole('checkbox', { name: `Compare ${name}` }).check()
  await page.getByRole('main').getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Recommendation' })).toBeVisible({ timeout: 20_000 })
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Blind duel').click()
  await expect(duel(page)).toBeVisible()
}

function duel(page: Page): Locator {
  return page.getByRole('region', { name: 'Duel' })
}

/** Which key stands for the writer that says what the letter is about. */
async function betterSide(page: Page): Promise<'ArrowLeft' | 'ArrowRight'> {
  const left = await page.getByRole('article', { name: 'Left output' }).textContent()
  return left?.includes('about') === true ? 'ArrowLeft' : 'ArrowRight'
}

async function voteForBetter(page: Page, place: string): Promise<void> {
  await expect(duel(page).getByText(place)).toBeVisible()
  await page.keyboard.press(await betterSide(page))
}

test('two outputs are judged by keys, and nobody sees whose they are before asking', async ({ page, folders }) => {
  await begin(page, folders.workspace)
  // Seven letters, of which one got the same reply.
  await expect(duel(page).getByText('1 pair is the same: a tie without a vote.')).toBeVisible()
  await expect(duel(page).getByText('1 of 6')).toBeVisible()
  const markup = await page.getByRole('main').innerHTML()
  await expect(duel(page).getByRole('region', { name: 'Item, text' })).toHaveText(
    new RegExp(`^(${LETTERS.join('|')})$`),
  )
  expect(markup).not.toMatch(/penny|pound/)
  await expectUsableByAll(page)

  const first = await page.getByRole('article', { name: 'Left output' }).textContent()
  await page.reload()
  await openChain(page, 'Letters')
  await goTo(page, 'Compare')
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Blind duel').click()
  // The same pair on the same sides.
  await expect(duel(page).getByText('1 of 6')).toBeVisible()
  expect(await page.getByRole('article', { name: 'Left output' }).textContent()).toBe(first)

  await page.keyboard.press('ArrowUp')
  await expect(duel(page).getByText('2 of 6')).toBeVisible()
  await expect(duel(page)).toContainText('No difference in 2 pairs')
  await page.keyboard.press('u')
  await expect(duel(page).getByText('1 of 6')).toBeVisible()
  for (let at = 1; at <= 4; at++) await voteForBetter(page, `${at} of 6`)
  await expect(duel(page)).toContainText(/One of the two is ahead, not surely: .*About \d+ more votes to be sure/)
  await expect(duel(page).getByText('5 of 6')).toBeVisible()
  await page.keyboard.press('h')
  await expect(duel(page)).toContainText('pound is ahead')
  await expect(page.getByRole('article', { name: 'Left output' }).getByRole('heading')).toHaveText(/Left(penny|pound)/)
  // Who sees the names does not vote.
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('button', { name: 'Left is better' })).toBeDisabled()
  await page.keyboard.press('h')
  await voteForBetter(page, '5 of 6')
  await expect(duel(page).getByText('6 of 6')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(duel(page).getByRole('heading', { name: 'All 6 pairs are judged' })).toBeVisible()
  await duel(page).getByRole('button', { name: 'Reveal the names' }).click()
  await expect(duel(page)).toContainText('pound is ahead')
  await expectUsableByAll(page)
})

test('a model judges the same pairs, and says how far it agrees before it may judge others', async ({
  page,
  folders,
}) => {
  await begin(page, folders.workspace)
  for (let at = 1; at <= 4; at++) await voteForBetter(page, `${at} of 6`)
  await expect(duel(page).getByText('5 of 6')).toBeVisible()
  await duel(page).getByRole('button', { name: 'A model as judge' }).click()
  const dialog = page.getByRole('dialog', { name: 'A model as judge' })
  await expect(dialog.getByText('It has not judged your pairs yet.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: /^Judge the other 2/ })).toBeDisabled()
  // The price is said before.
  await dialog.getByRole('button', { name: /^Judge my 4 pairs · (≈|≥) \$/ }).click()
  await expect(dialog.getByText(/It agrees with you on 4 of 4 pairs/)).toBeVisible()
  await expectUsableByAll(page)
  const before = provider?.asked.length ?? 0
  await dialog.getByRole('button', { name: /^Judge the other 2/ }).click()
  await expect(dialog.getByText('By its verdicts:')).toBeVisible()
  // Each pair in both orders.
  await expect.poll(() => (provider?.asked.length ?? 0) - before).toBe(4)
})

test('an answer is rated by keys', async ({ page, folders }) => {
  await begin(page, folders.workspace)
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Matrix').click()
  await page.getByRole('main').getByText('We look into it').first().click()
  const rating = page.getByRole('complementary').getByRole('group', { name: 'Rating' })
  await page.keyboard.press('g')
  await expect(rating.getByRole('button', { name: 'Good' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('4')
  await expect(rating.getByRole('button', { name: '4' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('4')
  await expect(rating.getByRole('button', { pressed: true })).toHaveCount(0)
  await page.keyboard.press('b')
  await expect(rating.getByRole('button', { name: 'Bad' })).toHaveAttribute('aria-pressed', 'true')
})
