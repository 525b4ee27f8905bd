#!/usr/bin/env node
// The command line: prepares the checkout where need be, then becomes app/cli/main.ts, bundled, under Node 24.

import { dirname, join } from 'node:path'
import { become, cacheFolder, prepare, root } from './bootstrap.mjs'
import { commandLine } from './commandLine.mjs'

prepare()
const main = commandLine(root)
// What Node made of the files is kept, so that a start stays short.
process.env.NODE_COMPILE_CACHE ??= main.endsWith('.ts')
  ? join(cacheFolder, 'compiled')
  : join(dirname(main), 'compiled')
const flags = [
  // node:sqlite is announced as experimental on standard error; nothing of a user's concern.
  '--disable-warning=ExperimentalWarning',
  // Room for new objects, in MB. Left to itself V8 takes 64 twice for a long run, which makes it no faster and a third
  // larger, and so little for the start that it collects a dozen times.
  '--min-semi-space-size=8',
  '--max-semi-space-size=16',
]
await become([...flags, main, ...process.argv.slice(2)])
