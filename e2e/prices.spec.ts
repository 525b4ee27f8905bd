import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { expectUsableByAll, goTo } from './steps.ts'

test('a price that no list has is set in Settings, kept in jacquard.yaml, and forgotten again', async ({
  openWorkshop,
  folders,
}) => {
  const file = join(folders.workspace, 'jacquard.yaml')
  const settings = `tiers:
  standard: { backend: openai-compatible, model: ours, baseUrl: "http://127.0.0.1:9/v1" } # in the cellar
`
  writeFileSync(file, settings)
  const { page } = await openWorkshop()
  await goTo(page, 'Settings')
  const row = page.getByRole('row', { name: /standard/ })
  await expect(row).toContainText('unknown')
  await expect(row).toContainText('no list has it')

  await row.getByRole('button', { name: 'Set the price of standard' }).click()
  const form = page.getByRole('form', { name: 'Price of standard' })
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled()
  await form.getByRole('textbox', { name: 'Input', exact: true }).fill('0.5')
  await form.getByRole('textbox', { name: 'Output' }).fill('1.25')
  await expectUsableByAll(page)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('$0.5 / $1.25')
  await expect(row).toContainText('set in jacquard.yaml')
  expect(readFileSync(file, 'utf8')).toBe(settings.replace('/v1" }', '/v1", price: { input: 0.5, output: 1.25 } }'))

  await row.getByRole('button', { name: 'Set the price of standard' }).click()
  await form.getByRole('button', { name: 'Forget it' }).click()
  await expect(row).toContainText('unknown')
  expect(readFileSync(file, 'utf8')).not.toContain('price')
})
