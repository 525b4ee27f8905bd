// `npm run demo`: launches the example folder batch in the terminal.

import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { follow, root, underNode24 } from './bootstrap.mjs'

await underNode24()

const workspace = join(root, 'examples', 'workspace')
const chain = join(workspace, 'chains', 'triage-tickets.chain.yaml')
if (!existsSync(chain)) {
  console.error(`The example chain ${relative(root, chain)} is missing.`)
  process.exit(2)
}

const jacquard = join(root, 'scripts', 'jacquard.mjs')
const code = await follow(process.execPath, [
  jacquard,
  'run',
  chain,
  '--workspace',
  workspace,
  ...process.argv.slice(2),
])
if (code <= 1) console.error('\nThe workshop shows this run item by item: npm start')
// A few of the examples fail on purpose, as in a real batch: the demo did its work.
process.exit(code === 1 ? 0 : code)
