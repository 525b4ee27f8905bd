import { expect, test } from './fixtures.ts'
import { countsOf, expectSomeDone, expectState, goTo, launch, readLines, runBar } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '4' } })

test('a run that a power loss interrupted is completed by Resume, with every item once', async ({
  openWorkshop,
  folders,
}) => {
  const before = await openWorkshop()
  await launch(before.page, 'Triage tickets')
  await expectSomeDone(before.page)
  await before.kill()

  const { page, close } = await openWorkshop()
  await goTo(page, 'Runs')
  const run = page.getByRole('list', { name: 'Runs' }).getByRole('listitem')
  await expect(run).toHaveCount(1)
  await expect(run).toContainText('interrupted')
  await expect(run).toContainText(/\d+ of 50/)

  await run.getByRole('button', { name: 'Resume' }).click()
  await expectState(page, 'completed')
  await expect(page.getByRole('main').getByText('= 50')).toBeVisible()
  await expect(runBar(page)).not.toHaveAccessibleName(/waiting|running/)

  const lines = readLines(folders.workspace, 'results/triage-tickets.jsonl')
  expect(lines.map(({ index }) => index)).toEqual(Array.from({ length: 50 }, (_, index) => index))
  const { succeeded, failed } = await countsOf(page)
  expect(lines.filter(({ status }) => status === 'succeeded').length).toBe(succeeded)
  expect(lines.filter(({ status }) => status === 'failed').length).toBe(failed)
  await close()
})
