// `npm run typecheck`: the compiler on each folder, with what that folder may use.

import { follow, root, underNode24 } from './bootstrap.mjs'

await underNode24()

const { typeChecks } = await import('./checks.mjs')
for (const { command } of typeChecks) {
  const [program = '', ...args] = command
  const code = await follow(program, args, { cwd: root, shell: process.platform === 'win32' })
  if (code !== 0) process.exitCode = 1
}
