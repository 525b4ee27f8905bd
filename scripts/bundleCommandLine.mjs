// Makes few files of the command line's ~700 modules, which Node reads and compiles in a fraction of the time.
//   node scripts/bundleCommandLine.mjs ROOT FOLDER

import { globSync } from 'node:fs'
import { basename, isAbsolute, join, sep } from 'node:path'
import { rolldown } from 'rolldown'

/** Packages of many modules, or that every run loads. The others stay where they are. */
const bundled = new Set([
  '@anthropic-ai/sdk',
  'ajv',
  'ajv-formats',
  'commander',
  'jsonata',
  'jsonrepair',
  'ollama',
  'openai',
  'p-limit',
  'picocolors',
  're2js',
  'ulid',
  'yaml',
  'zod',
])

const [root = '', folder = ''] = process.argv.slice(2)
const ours = ['app', 'shared'].map((name) => join(root, name) + sep)

// Worker threads are files of their own beside main.js; the pure core has none.
const workers = globSync('app/**/*Worker.ts', { cwd: root, exclude: ['app/core/**'] })
const build = await rolldown({
  cwd: root,
  input: {
    main: join(root, 'app', 'cli', 'main.ts'),
    ...Object.fromEntries(workers.map((file) => [basename(file, '.ts'), join(root, file)])),
  },
  platform: 'node',
  // As Node reads the sources: it strips their types and asks no tsconfig.json.
  tsconfig: false,
  transform: { typescript: { onlyRemoveTypeImports: true } },
  external: isLeft,
  logLevel: 'warn',
})
await build.write({
  dir: folder,
  format: 'es',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  // CommonJS packages ask for these, and an ES module has them not.
  banner: 'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
})
await build.close()

/**
 * Whether an import stays one. The packages of a package may stand where only it finds them, so they share its lot.
 * @param {string} id
 * @param {string | undefined} importer
 */
function isLeft(id, importer) {
  if (isAbsolute(id) || id.startsWith('.') || importer === undefined) return false
  return ours.some((folder) => importer.startsWith(folder)) && !bundled.has(packageOf(id))
}

/** @param {string} id */
function packageOf(id) {
  return id
    .split('/')
    .slice(0, id.startsWith('@') ? 2 : 1)
    .join('/')
}
