// `npm start [FOLDER]`: opens the workshop on the example workspace, or on the folder named.

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { become, follow, root, underNode24 } from './bootstrap.mjs'

await underNode24()

const { values, positionals } = parseArgs({
  options: { workspace: { type: 'string' }, browser: { type: 'boolean' } },
  allowPositionals: true,
})
const named = values.workspace ?? positionals[0]
// npm runs this in the checkout; a relative folder is meant from where the person stands.
const workspace =
  named === undefined ? join(root, 'examples', 'workspace') : resolve(process.env.INIT_CWD ?? process.cwd(), named)
if (named !== undefined && !existsSync(workspace)) {
  console.error(`There is no folder ${workspace}.`)
  process.exit(2)
}

const { build } = await import('./build.mjs')
const { findElectron } = await import('./electronBinary.mjs')

const electron = values.browser ? { reason: 'as asked.' } : await findElectron()
const built = await build('program' in electron ? ['window', 'shell'] : ['window'])
if (built.length > 0) console.error(`Built the ${built.join(' and the ')}.`)

if ('program' in electron) process.exit(await follow(electron.program, [root, '--workspace', workspace]))

console.error(`The workshop opens in the browser: ${electron.reason}`)
await become([join(root, 'scripts', 'jacquard.mjs'), 'serve', '--workspace', workspace, '--open'])
