import type { Page } from '@playwright/test'
import type { Command, Reply, Request } from '../shared/api.ts'
import { expect, test } from './fixtures.ts'

test.skip(({ host }) => host !== 'electron', 'A served workshop ends in its terminal.')

/** Asks the host through the window, as its page does. */
async function call<C extends Command>(page: Page, command: C, request: Request<C>) {
  const reply = await page.evaluate(
    ([name, asked]) => {
      const { jacquard } = window as unknown as { jacquard: { call(name: string, asked: unknown): Promise<unknown> } }
      return jacquard.call(name, asked)
    },
    [command, request] as readonly [string, unknown],
  )
  const answer = reply as Reply<C>
  if (!answer.ok) throw new Error(`${command}: ${answer.error.message}`)
  return answer.value
}

async function statusOf(page: Page, run: string): Promise<string> {
  return (await call(page, 'runs.get', { run })).summary.state.status
}

test('asks before it ends while a run goes on, pauses it, and finds it again at the next start', async ({
  openWorkshop,
}) => {
  const { page, desktop } = await openWorkshop()
  const [chain] = (await call(page, 'chains.list', {})).filter(({ file }) => file.includes('triage'))
  const { file, text } = await call(page, 'chains.read', { file: chain?.file ?? '' })
  const { run } = await call(page, 'runs.launch', { file, text, options: { concurrency: 1, output: null } })
  await expect.poll(async () => (await call(page, 'runs.get', { run })).summary.counts.succeeded).toBeGreaterThan(0)

  await desktop?.answerDialog('showMessageBox', { response: 1 })
  await desktop?.quit()
  expect(await statusOf(page, run)).toBe('running')

  await desktop?.answerDialog('showMessageBox', { response: 0 })
  await desktop?.quit()
  await expect.poll(() => desktop?.isRunning()).toBe(false)

  const again = await openWorkshop()
  const { summary } = await call(again.page, 'runs.get', { run })
  expect(summary.state.status).toBe('paused')
  expect(summary.counts.succeeded).toBeGreaterThan(0)
  expect(summary.counts.waiting).toBeGreaterThan(0)
  await again.close()
})

test('ends at once where nothing is going on', async ({ openWorkshop }) => {
  const workshop = await openWorkshop()
  await workshop.desktop?.quit()
  await expect.poll(() => workshop.desktop?.isRunning()).toBe(false)
  await workshop.close()
})
