import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** The policy that the page's own response carries, directive by directive. */
async function policyOf(page: Page): Promise<ReadonlyMap<string, string>> {
  const response = await page.reload()
  const policy = (await response?.allHeaders())?.['content-security-policy'] ?? ''
  return new Map(policy.split('; ').map((directive) => [directive.split(' ', 1).join(), directive] as const))
}

test('opens the example workspace and lists its chains', async ({ page, folders }) => {
  const files = readdirSync(join(folders.workspace, 'chains')).filter((file) => file.endsWith('.chain.yaml'))
  expect(files.length).toBeGreaterThanOrEqual(3)
  for (const file of files) {
    const name = /^name: (.*)$/m.exec(readFileSync(join(folders.workspace, 'chains', file), 'utf8'))?.[1] ?? file
    await expect(page.getByText(name, { exact: true }).first()).toBeVisible()
  }
})

test('starts without an error in the console', async ({ page }) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.reload()
  await expect(page.getByRole('main')).toBeVisible()
  expect(errors).toEqual([])
})

test('gives the page nothing of Node', async ({ page, host }) => {
  const found = await page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
    bridge: Object.keys((window as unknown as { jacquard?: object }).jacquard ?? {}).sort(),
  }))
  expect(found).toEqual({ globals: [], bridge: host === 'electron' ? ['call', 'listen', 'pathOf'] : [] })
})

test('runs no script but its own, and connects nowhere else', async ({ page }) => {
  const policy = await policyOf(page)
  expect(policy.get('default-src')).toBe("default-src 'self'")
  expect(policy.get('script-src')).toBe("script-src 'self'")
  expect(policy.get('frame-ancestors')).toBe("frame-ancestors 'none'")
  const tried = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'document.body.dataset.injected = "yes"'
    document.body.append(script)
    const remote = await fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused',
    )
    return { inline: document.body.dataset.injected ?? 'refused', remote }
  })
  expect(tried).toEqual({ inline: 'refused', remote: 'refused' })
})

test.describe('the desktop', () => {
  test.skip(({ host }) => host !== 'electron', 'A browser has a menu and windows of its own.')

  test('refuses to leave its page and to open another', async ({ page, workshop }) => {
    const home = page.url()
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = 'https://example.com/'
      document.body.append(link)
      link.click()
      link.target = '_blank'
      link.click()
      window.open('https://example.com/')
      window.location.assign('https://example.com/')
    })
    await expect.poll(() => workshop.desktop?.windows().length).toBe(1)
    // Another page would have come by now: this one still answers.
    expect(await page.evaluate(() => document.readyState)).toBe('complete')
    expect(page.url()).toBe(home)
  })

  test('refuses what a page may ask of the system, the clipboard for copy buttons apart', async ({ page }) => {
    const granted = await page.evaluate(async () => {
      const place = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('refused'),
        ),
      )
      return { place, notifications: await Notification.requestPermission() }
    })
    expect(granted).toEqual({ place: 'refused', notifications: 'denied' })
  })

  test('carries its menu’s commands to the window', async ({ page, workshop }) => {
    await expect(page.getByRole('main')).toBeVisible()
    await workshop.desktop?.clickMenu('themeDark')
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
    await workshop.desktop?.clickMenu('themeLight')
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
  })

  test('carries a folder that was picked in the system’s dialog to the window', async ({ page, workshop }) => {
    await workshop.desktop?.answerDialog('showOpenDialog', { canceled: false, filePaths: ['/somewhere/tickets'] })
    const picked = await page.evaluate(() => {
      const { jacquard } = window as unknown as {
        jacquard: { call(command: string, request: object): Promise<unknown> }
      }
      return jacquard.call('shell.pick', { what: 'folder' })
    })
    expect(picked).toEqual({ ok: true, value: { path: '/somewhere/tickets' } })
  })
})
