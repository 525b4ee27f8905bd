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
// 0 and 1 both end with results: in a real batch some items fail, and the examples show that too.
if (code <= 1) {
  console.error(`\nResults: ${relative(process.cwd(), join(workspace, 'results'))}`)
  console.error('See the run in the workshop: npm start')
}
process.exit(code === 1 ? 0 : code)
