import { expect, it } from 'vitest'
import { pageFile } from './pageFile.ts'

it('answers / with the page itself, which is asked for anew each time', () => {
  expect(pageFile('/')).toEqual({
    path: 'index.html',
    contentType: 'text/html; charset=utf-8',
    cacheControl: 'no-cache',
  })
})

it('lets a browser keep what has its hash in its name', () => {
  expect(pageFile('/assets/index-Ab_3-x.js')).toEqual({
    path: 'assets/index-Ab_3-x.js',
    contentType: 'text/javascript; charset=utf-8',
    cacheControl: 'private, max-age=31536000, immutable',
  })
})

it.each([
  '/../package.json',
  '/assets/../../package.json',
  '/%2e%2e/package.json',
  '/..%2fpackage.json',
  '/..\\package.json',
  '//etc/hosts.json',
  '/.env.json',
  '/assets/',
  '/secret',
  '/chain.yaml',
  '/index.html\0.js',
  '',
])('answers %j with nothing', (pathname) => {
  expect(pageFile(pathname)).toBeNull()
})
