import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { root } from './hosts/childProcess.ts'

test.skip(({ host }) => host !== 'serve', 'It is the same bundle.')

const scripts = globSync('dist/renderer/**/*.{js,html}', { cwd: root }).map((file) => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}))

/** What would be there if a file of the host, a package for Node or a setting had got into the window's bundle. */
const FORBIDDEN: { readonly [what: string]: RegExp } = {
  'a module of Node': /["'`]node:[a-z_/]+["'`]/,
  'an import of CommonJS': /(?<![\w.$])require\(["'`]/,
  'an environment variable': /process\.env\b/,
  'a key': /\bsk-(ant-)?[A-Za-z0-9_-]{16,}/,
  'a folder of this machine': new RegExp(root.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')),
}

for (const [what, pattern] of Object.entries(FORBIDDEN))
  test(`the window’s bundle holds no ${what.replace(/^an? /, '')}`, () => {
    expect(scripts.length).toBeGreaterThan(1)
    for (const { file, text } of scripts) expect(pattern.exec(text)?.[0] ?? null, `${what} in ${file}`).toBeNull()
  })

test('the window’s page holds no script of its own', () => {
  const page = scripts.find(({ file }) => file.endsWith('index.html'))?.text ?? ''
  const inline = [...page.matchAll(/<script\b([^>]*)>([^<]*)</g)].filter(([, , body]) => body?.trim() !== '')
  expect(page).toContain('<script')
  expect(inline).toEqual([])
})
