import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import type { Asked, DesktopSystem, Workshop } from './hosts/workshop.ts'
import { expectSomeDone, expectState, goTo, launch, openChain } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '4' } })

const OUTCOME = /^\d+ of 50 succeeded, \d+ failed · \$\d+\.\d\d play money$/
const BUDGET_TITLE = 'Triage tickets paused: the budget is used up'
const BUDGET_TEXT = /^\d+ items left\. Nothing is lost\.$/

/** Launches it with a budget that it uses up. */
async function launchBeyondBudget(page: Page): Promise<void> {
  await openChain(page, 'Triage tickets')
  await goTo(page, 'Launch')
  await page.getByRole('textbox', { name: 'Budget' }).fill('0.02')
  await page.getByRole('button', { name: 'Launch 50 items' }).click()
}

test.describe('the desktop', () => {
  test.skip(({ host }) => host !== 'electron', 'A browser has notices of its own, below.')

  function systemOf({ desktop }: Workshop): DesktopSystem {
    const system = desktop?.system ?? null
    test.skip(system === null, 'Electron itself does not tell a test what it asked of the system.')
    if (system === null) throw new Error('Skipped above.')
    return system
  }
  async function only<K extends Asked['kind']>(system: DesktopSystem, kind: K) {
    const all = await system.asked()
    return all.filter((one): one is Extract<Asked, { kind: K }> => one.kind === kind)
  }

  test('tells of a run’s end to someone who went elsewhere, and keeps the machine awake until then', async ({
    workshop,
    page,
  }) => {
    const system = systemOf(workshop)
    await launch(page, 'Triage tickets')
    await system.setFocused(false)
    await expectSomeDone(page)
    expect(await only(system, 'awake')).toEqual([{ kind: 'awake', type: 'prevent-app-suspension', blockers: 1 }])
    expect(await only(system, 'notification')).toEqual([])

    await expectState(page, 'completed')
    const [notification, ...others] = await only(system, 'notification')
    expect(notification).toMatchObject({ title: 'Triage tickets: done', body: expect.stringMatching(OUTCOME) })
    expect(others).toEqual([])
    expect((await only(system, 'awake')).map(({ blockers }) => blockers)).toEqual([1, 0])

    const progress = await only(system, 'progress')
    const values = progress.slice(0, -1).map(({ value }) => value)
    expect(values.length).toBeGreaterThan(3)
    expect(values).toEqual([...values].sort((a, b) => a - b))
    expect(progress.slice(0, -1).every(({ value, mode }) => value >= 0 && value <= 1 && mode === 'normal')).toBe(true)
    expect(progress.at(-1)).toMatchObject({ value: -1 })

    await goTo(page, 'Settings')
    await system.clickNotification('Triage tickets: done')
    await expect(page.getByRole('main').getByRole('heading', { name: 'Triage tickets' })).toBeVisible()
    await expectState(page, 'completed')
  })

  test('says that a run stands still by itself, until the person has looked', async ({ workshop, page }) => {
    const system = systemOf(workshop)
    await system.setFocused(false)
    await launchBeyondBudget(page)
    await expect(page.getByText('Paused: the budget is used up.')).toBeVisible({ timeout: 20_000 })

    expect(await only(system, 'notification')).toEqual([
      { kind: 'notification', title: BUDGET_TITLE, body: expect.stringMatching(BUDGET_TEXT) },
    ])
    expect((await only(system, 'progress')).at(-1)).toMatchObject({ mode: 'paused' })
    expect((await only(system, 'awake')).at(-1)).toMatchObject({ blockers: 0 })

    await system.setFocused(true)
    expect((await only(system, 'progress')).at(-1)).toMatchObject({ value: -1 })
  })

  test('does not notify of what is seen in the window, nor of a pause that was asked for', async ({
    workshop,
    page,
  }) => {
    const system = systemOf(workshop)
    await launch(page, 'Triage tickets')
    await expectSomeDone(page)
    await system.setFocused(false)
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await expectState(page, 'paused')
    expect((await only(system, 'progress')).at(-1)).toMatchObject({ value: -1 })

    await system.setFocused(true)
    await page.getByRole('button', { name: /^Resume \d+ items$/ }).click()
    await expectState(page, 'completed')
    expect(await only(system, 'notification')).toEqual([])
    expect((await only(system, 'awake')).map(({ blockers }) => blockers)).toEqual([1, 0, 1, 0])
  })
})

test.describe('a browser', () => {
  test.skip(({ host }) => host !== 'serve', 'The desktop has the system’s notices, above.')

  /** What the page asked of its browser, and whether it is hidden: a headless page always is to be seen. */
  interface Observed {
    readonly notified: { title: string; body: string; click(): void }[]
    asked: number
    locks: number
    isHidden: boolean
  }
  type ObservedPage = Window & { observed: Observed }

  /** Puts observers in place of what the browser has; `permission`: what the person answers when asked. */
  async function observe(page: Page, permission: NotificationPermission): Promise<void> {
    await page.addInitScript((answer) => {
      const observed: Observed = { notified: [], asked: 0, locks: 0, isHidden: false }
      Object.assign(window, { observed })
      // A browser keeps the answer over a reload.
      let current = (sessionStorage.getItem('answered') ?? 'default') as NotificationPermission
      class ObservedNotification {
        static get permission() {
          return current
        }
        static async requestPermission() {
          observed.asked += 1
          current = answer
          sessionStorage.setItem('answered', answer)
          return current
        }
        onclick: (() => void) | null = null
        constructor(title: string, { body }: { body: string }) {
          observed.notified.push({ title, body, click: () => this.onclick?.() })
        }
        close() {}
      }
      Object.assign(window, { Notification: ObservedNotification })
      Object.defineProperty(document, 'hidden', { get: () => observed.isHidden })
      Object.defineProperty(navigator, 'wakeLock', {
        value: {
          request: async () => {
            observed.locks += 1
            const lock = {
              released: false,
              release: async () => {
                if (!lock.released) observed.locks -= 1
                lock.released = true
              },
            }
            document.addEventListener('visibilitychange', () => {
              if (document.hidden) void lock.release()
            })
            return lock
          },
        },
      })
    }, permission)
    await page.reload()
  }
  function hide(page: Page, isHidden: boolean): Promise<void> {
    return page.evaluate((hidden) => {
      ;(window as unknown as ObservedPage).observed.isHidden = hidden
      document.dispatchEvent(new Event('visibilitychange'))
    }, isHidden)
  }
  const observedIn = (page: Page) =>
    page.evaluate(() => {
      const { notified, ...rest } = (window as unknown as ObservedPage).observed
      return { ...rest, notified: notified.map(({ title, body }) => ({ title, body })) }
    })

  test('says in the page’s title how far the run is, and what it came to until that is seen', async ({ page }) => {
    await observe(page, 'granted')
    await expect(page).toHaveTitle('Jacquard')
    await launch(page, 'Triage tickets')
    await expect(page).toHaveTitle(/^\d+ % · Triage tickets — Jacquard$/)
    await hide(page, true)
    await expect(page).toHaveTitle('Triage tickets: done — Jacquard', { timeout: 20_000 })
    // Nobody has asked for notifications, and nobody was asked.
    expect(await observedIn(page)).toMatchObject({ notified: [], asked: 0 })
    await hide(page, false)
    await expect(page).toHaveTitle('Jacquard')
  })

  test('notifies of an end that nobody saw, once the person wants it', async ({ page }) => {
    await observe(page, 'granted')
    await goTo(page, 'Settings')
    const wanted = page.getByRole('switch', { name: 'Tell me when a run ends' })
    await wanted.click()
    await expect(wanted).toBeChecked()
    await page.getByRole('button', { name: 'Jacquard: all chains' }).click()
    await launchBeyondBudget(page)
    await hide(page, true)
    await expect(page).toHaveTitle(`${BUDGET_TITLE} — Jacquard`, { timeout: 20_000 })
    const { notified, asked } = await observedIn(page)
    expect(asked).toBe(1)
    expect(notified).toEqual([{ title: BUDGET_TITLE, body: expect.stringMatching(BUDGET_TEXT) }])

    await goTo(page, 'Settings')
    await page.evaluate(() => (window as unknown as ObservedPage).observed.notified[0]?.click())
    await expect(page.getByText('Paused: the budget is used up.')).toBeVisible()
  })

  test('offers it while a run goes on, and offers no more where the browser refuses', async ({ page }) => {
    await observe(page, 'denied')
    await launch(page, 'Triage tickets')
    const bell = page.getByRole('contentinfo').getByRole('button', { name: 'Tell me when a run ends' })
    await bell.click()
    await expect(bell).toBeHidden()
    await goTo(page, 'Settings')
    const wanted = page.getByRole('switch', { name: 'Tell me when a run ends' })
    await expect(wanted).toBeDisabled()
    await expect(wanted).not.toBeChecked()
  })

  test('remembers the choice', async ({ page }) => {
    await observe(page, 'granted')
    await goTo(page, 'Settings')
    const wanted = page.getByRole('switch', { name: 'Tell me when a run ends' })
    await expect(wanted).not.toBeChecked()
    await wanted.click()
    await expect(wanted).toBeChecked()
    await page.reload()
    await goTo(page, 'Settings')
    await expect(wanted).toBeChecked()
  })

  test('holds a wake lock while a run goes on and the page is seen', async ({ page }) => {
    await observe(page, 'granted')
    const expectLocks = (count: number) => expect.poll(async () => (await observedIn(page)).locks).toBe(count)
    await launch(page, 'Triage tickets')
    await expectLocks(1)
    await hide(page, true)
    await expectLocks(0)
    await hide(page, false)
    await expectLocks(1)
    await expectState(page, 'completed')
    await expectLocks(0)
  })
})
