// `npm run typecheck`: the compiler on each folder, with what that folder may use.

import { follow, root, underNode24 } from './bootstrap.mjs'

await underNode24()

const { typeChecks } = await import('./checks.mjs')
const codes = []
for (const { command } of typeChecks) codes.push(await follow(command[0] ?? '', command.slice(1), { cwd: root }))
process.exitCode = codes.some((code) => code !== 0) ? 1 : 0
