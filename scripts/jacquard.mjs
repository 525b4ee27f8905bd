#!/usr/bin/env node
// The command line: prepares the checkout where need be, then becomes app/cli/main.ts under Node 24.

import { join } from 'node:path'
import { become, cacheFolder, prepare, root } from './bootstrap.mjs'

prepare()
// Node strips the types of ~100 files at every start; what it made of them is kept, so that a start stays short.
process.env.NODE_COMPILE_CACHE ??= join(cacheFolder, 'compiled')
// node:sqlite is announced as experimental on standard error; nothing of a user's concern.
const quiet = '--disable-warning=ExperimentalWarning'
await become([quiet, join(root, 'app', 'cli', 'main.ts'), ...process.argv.slice(2)])
