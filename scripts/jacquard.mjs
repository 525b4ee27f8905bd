#!/usr/bin/env node
// The command line: prepares the checkout where need be, then becomes app/cli/main.ts under Node 24.

import { join } from 'node:path'
import { become, cacheFolder, prepare, root } from './bootstrap.mjs'

prepare()
// Node strips the types of ~100 files at every start; what it made of them is kept, so that a start stays short.
process.env.NODE_COMPILE_CACHE ??= join(cacheFolder, 'compiled')
const flags = [
  // node:sqlite is announced as experimental on standard error; nothing of a user's concern.
  '--disable-warning=ExperimentalWarning',
  // Room for new objects, in MB. Left to itself V8 takes 64 twice for a long run, which makes it no faster and a third
  // larger, and so little for the start that it collects a dozen times.
  '--min-semi-space-size=8',
  '--max-semi-space-size=16',
]
await become([...flags, join(root, 'app', 'cli', 'main.ts'), ...process.argv.slice(2)])
