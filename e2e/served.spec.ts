import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket } from 'ws'
import { expect, test } from './fixtures.ts'
import { serve } from './hosts/served.ts'

test.skip(({ host }) => host !== 'serve', 'The desktop has no port that another could try.')

interface Door {
  readonly origin: string
  readonly host: string
  status(path: string, headers?: { [name: string]: string }): Promise<number>
  socketStatus(headers: { [name: string]: string }): Promise<number>
}

/** What anybody on this machine could send to the server. */
function aDoor(url: string): Door {
  const { origin, host, hostname, port } = new URL(url)
  return {
    origin,
    host,
    status: async (path, headers = {}) => {
      const [response] = await once(request({ hostname, port, path, headers }).end(), 'response')
      ;(response as IncomingMessage).resume()
      return (response as IncomingMessage).statusCode ?? 0
    },
    socketStatus: async (headers) => {
      const socket = new WebSocket(`ws://${host}/wire`, { headers })
      const [, response] = await Promise.race([
        once(socket, 'unexpected-response'),
        once(socket, 'open').then(() => [null, { statusCode: 101 }]),
      ])
      socket.on('error', () => undefined).terminate()
      return response.statusCode
    },
  }
}

test('lets in nobody without the token, from another name or from another site', async ({ folders }) => {
  const { process, url } = await serve({ ...folders, env: {} })
  const { origin, host, status, socketStatus } = aDoor(url)
  const token = new URL(url).searchParams.get('token') ?? ''

  expect(await status('/')).toBe(401)
  expect(await status('/?token=wrong')).toBe(401)
  expect(await status(`/?token=${token}`, { host: 'evil.example' })).toBe(403)
  expect(await status(`/?token=${token}`, { origin: 'http://evil.example' })).toBe(403)
  expect(await socketStatus({ origin })).toBe(401)
  expect(await socketStatus({ origin, cookie: `jacquard-${host.split(':')[1]}=${token}` })).toBe(401)
  expect(await status(`/?token=${token}`)).toBe(303)

  process.child.kill('SIGTERM')
  await process.expectEnd([0, 130, 143])
})

test('keeps the token out of the address and its cookie out of scripts', async ({ page }) => {
  expect(new URL(page.url()).search).toBe('')
  expect(await page.evaluate(() => document.cookie)).toBe('')
  const [cookie] = await page.context().cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
})

test('answers no page of another port, although the browser sends it our cookie', async ({ page }) => {
  const ours = new URL(page.url())
  const stranger = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>stranger</title>')
  }).listen(0, '127.0.0.1')
  await once(stranger, 'listening')

  const other = await page.context().newPage()
  await other.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`)
  const tried = await other.evaluate(async (host) => {
    const socket = new window.WebSocket(`ws://${host}/wire`)
    const opened = await new Promise((resolve) => {
      socket.onopen = () => resolve('opened')
      socket.onerror = () => resolve('refused')
    })
    const read = await fetch(`http://${host}/`, { credentials: 'include' }).then(
      () => 'read',
      () => 'refused',
    )
    return { opened, read }
  }, ours.host)
  expect(tried).toEqual({ opened: 'refused', read: 'refused' })
  stranger.close()
})

test('says so when the host is gone', async ({ context, folders }) => {
  const { process, url } = await serve({ ...folders, env: {} })
  const page = await context.newPage()
  await page.goto(url)
  await expect(page.getByRole('main')).toBeVisible()
  await process.kill()
  await expect(page.getByRole('alert').filter({ hasText: 'Jacquard does not answer.' })).toBeVisible()
})
