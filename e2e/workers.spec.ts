import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { goTo } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '10' } })

async function show(page: Page, view: 'Form' | 'YAML' | 'Versions'): Promise<void> {
  await page.getByRole('radiogroup', { name: 'View' }).getByText(view, { exact: true }).click()
}

/** The worker's row in the list. */
function row(page: Page, name: string) {
  return page
    .getByRole('list', { name: 'Workers' })
    .getByRole('listitem')
    .filter({
      has: page.getByRole('button', { name, exact: true }),
    })
}

test('a worker is made, edited as a form, seen as YAML, and tried alone', async ({ page, folders }) => {
  await goTo(page, 'Workers')
  await page.getByRole('button', { name: 'New worker' }).click()
  const dialog = page.getByRole('dialog', { name: 'New worker' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Sum up')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name: 'sum_up' })).toBeVisible()

  await page.getByRole('textbox', { name: 'Description' }).fill('Sums a letter up.')
  await page.getByRole('radiogroup', { name: 'Tier', exact: true }).getByText('local').click()
  const answer = page.getByRole('region', { name: 'Answer' })
  await answer.getByRole('button', { name: 'Add a field' }).click()
  await answer.getByRole('textbox', { name: 'Name of field' }).fill('points')
  await answer.getByRole('textbox', { name: 'Name of field' }).press('Enter')
  await expect(page.getByText('Changed, not saved')).toBeVisible()

  await show(page, 'YAML')
  const yaml = page.getByRole('textbox', { name: 'The worker as YAML' })
  await expect(yaml).toContainText('description: Sums a letter up.')
  await expect(yaml).toContainText('points:')

  const aTry = page.getByRole('region', { name: 'Try the worker' })
  await aTry.getByRole('textbox', { name: 'text' }).fill('The bridge is closed until May. Buses stop at the mill.')
  await aTry.getByRole('button', { name: 'Save and run' }).click()
  const result = aTry.getByRole('article')
  await expect(result.getByRole('img', { name: 'succeeded' })).toBeVisible({ timeout: 15_000 })
  await expect(aTry.getByText('The answer is valid.')).toBeVisible()
  await expect(result).toContainText('points')
  await expect(result).toContainText(/\d+ → \d+ tok/)
  await expect(result.getByText('You sum a text up in one or two plain sentences.')).toBeVisible()

  const file = join(folders.workspace, 'workers/sum_up.yaml')
  expect(readFileSync(file, 'utf8')).toContain('description: Sums a letter up.\n')
  await expect(row(page, 'sum_up')).toContainText('Sums a letter up.')
})

test('a worker is cloned, changed, compared with what it was, and brought back', async ({ page, folders }) => {
  await goTo(page, 'Workers')
  await row(page, 'classifier').click()
  await expect(page.getByRole('heading', { name: 'classifier' })).toBeVisible()
  await expect(row(page, 'classifier')).toContainText('used by')
  await page.getByRole('button', { name: 'Clone' }).click()
  await expect(page.getByRole('heading', { name: 'classifier_copy' })).toBeVisible()
  const file = join(folders.workspace, 'workers/classifier_copy.yaml')
  const original = readFileSync(file, 'utf8')
  expect(original).toContain('name: classifier_copy\n')
  await expect(row(page, 'classifier_copy')).toContainText('not used yet')

  const description = page.getByRole('textbox', { name: 'Description' })
  await description.fill('Sorts mail.')
  await page.keyboard.press('Control+s')
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('description: Sorts mail.\n')

  await show(page, 'Versions')
  const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem')
  await expect(versions).toHaveCount(2)
  await expect(page.getByRole('textbox', { name: 'What changed: before' })).toContainText('Puts a text into one')
  await expect(page.getByRole('textbox', { name: 'What changed: after' })).toContainText('Sorts mail.')

  await versions.nth(1).getByRole('button').click()
  await page.getByText('With now').click()
  await expect(page.getByRole('textbox', { name: 'What changed: after' })).toContainText('Sorts mail.')
  await page.getByRole('button', { name: 'Restore this version' }).click()
  await expect.poll(() => readFileSync(file, 'utf8')).toBe(original)
  await expect(versions).toHaveCount(3)
})

test('a worker written for another system says line by line what it cannot do here', async ({ page, folders }) => {
  writeFileSync(
    join(folders.workspace, 'workers/old.yaml'),
    'name: old\nsystem_prompt: Do it.\nknowledge_silos:\n  - { name: t, type: tool, provider: a.B }\ntempreature: 1\n',
  )
  await goTo(page, 'Workers')
  await row(page, 'old').click()
  await expect(row(page, 'old')).toContainText('1 error')
  await show(page, 'YAML')
  const problems = page.getByRole('region', { name: 'Problems' })
  await expect(problems.getByRole('button')).toHaveText([/Tools are not called.*line 4/, /temperature.*line 5/])
  await expect(page.getByRole('button', { name: 'Run worker' })).toHaveAttribute('aria-disabled', 'true')
})

test('a renamed worker is followed by its chains, and a deleted one comes back', async ({ page, folders }) => {
  const chain = join(folders.workspace, 'chains/sort.chain.yaml')
  writeFileSync(chain, 'jacquard: 1\nstages:\n  sort: { kind: model, worker: summarizer } # short\n')
  await goTo(page, 'Workers')
  await row(page, 'summarizer').click()
  await expect(page.getByRole('heading', { name: 'summarizer' })).toBeVisible()
  const more = async (command: string): Promise<void> => {
    await page.getByRole('main').getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: command }).click()
  }
  await more('Rename…')
  const dialog = page.getByRole('dialog', { name: 'Rename the worker' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Digest')
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByRole('heading', { name: 'digest' })).toBeVisible()
  await expect.poll(() => readFileSync(chain, 'utf8')).toContain('{ kind: model, worker: digest } # short')

  const file = join(folders.workspace, 'workers/digest.yaml')
  await more('Delete')
  await expect.poll(() => existsSync(file)).toBe(false)
  await page.getByRole('alert').filter({ hasText: 'Deleted digest' }).getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('heading', { name: 'digest' })).toBeVisible()
  expect(existsSync(file)).toBe(true)
})

test('a change on disk shows up; two changes at once are for the person to choose from', async ({ page, folders }) => {
  const file = join(folders.workspace, 'workers/classifier.yaml')
  const change = (text: string): void =>
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^description: .*$/m, `description: ${text}`))
  await goTo(page, 'Workers')
  await row(page, 'classifier').click()
  const description = page.getByRole('textbox', { name: 'Description' })
  await expect(description).toHaveValue(/^Puts a text/)
  change('From elsewhere.')
  await expect(description).toHaveValue('From elsewhere.')

  await description.fill('Mine.')
  change('Theirs.')
  const notice = page.getByRole('alert').filter({ hasText: 'was changed on disk' })
  await notice.getByRole('button', { name: 'Keep mine' }).click()
  await expect(notice).toBeHidden()
  await expect.poll(() => /^description: (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1]).toBe('Mine.')
})
