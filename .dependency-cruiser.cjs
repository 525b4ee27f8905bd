// Which folder may import which. `npm run layers` fails on the first import that breaks one of these.
const TESTS = '[.](test|spec)[.]tsx?$'

/** The folder may import itself and `allowed`, and nothing else. */
const only = (name, folder, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: TESTS },
  to: { pathNot: [`^${folder}/`, ...allowed] },
})
const never = (name, from, to, comment) => ({ name, comment, severity: 'error', from, to })
const packages = (...names) => `^node_modules/(${names.join('|')})/`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only(
      'shared-is-contract',
      'shared',
      [packages('zod', 'jsonata', 'yaml', '@msgpack/msgpack', 're2js', 'fastest-levenshtein')],
      'Types, schemas, pure functions: what both sides of the API must agree on.',
    ),
    only(
      'core-is-pure',
      'app/core',
      ['^shared/', packages('jsonata', 'jsonrepair', 'ajv', 'ajv-formats', '@pydantic/genai-prices', 'gpt-tokenizer')],
      'Core decides and does no I/O; move the effect out. The packages named here compute and touch nothing.',
    ),
    only('ports-are-interfaces', 'app/ports', ['^shared/'], 'A port names an effect; it has no code.'),
    only(
      'engine-sees-ports',
      'app/engine',
      ['^app/(core|ports)/', '^shared/', packages('ulid'), '^events$'],
      'The engine gets its backends, stores and clock as arguments; app/index.ts passes the real ones.',
    ),
    never(
      'adapters-are-leaves',
      { path: '^app/(backends|storage|files|web)/', pathNot: TESTS },
      { path: '^app/', pathNot: ['^app/$1/', '^app/(core|ports)/'] },
      'An adapter implements a port; it knows neither the engine nor another kind of adapter.',
    ),
    never(
      'api-gets-its-adapters',
      { path: '^app/api/', pathNot: TESTS },
      { path: '^app/', pathNot: '^app/(api|engine|core|ports)/' },
      'Handlers get stores, files and backends as arguments; app/index.ts is the one place that joins parts.',
    ),
    never(
      'entries-use-the-app',
      { path: '^app/(cli|serve)/', pathNot: TESTS },
      { path: '^app/', pathNot: ['^app/$1/', '^app/index[.]ts$', '^app/ports/', '^app/serve/startServer[.]ts$'] },
      'The command line and the server are users of the application object (app/index.ts); `jacquard serve` starts one.',
    ),
    never(
      'nothing-calls-an-entry',
      { path: '^app/', pathNot: ['^app/(cli|serve)/', TESTS] },
      { path: '^app/(cli|serve)/' },
      'The application does not know who started it.',
    ),
    never(
      'app-runs-under-plain-node',
      { path: '^app/' },
      { path: `^(electron|renderer|e2e)/|${packages('electron', 'react', 'react-dom', 'zustand', '@xyflow/[^/]+')}` },
      'The engine must run and be tested without a window.',
    ),
    never(
      'electron-is-a-shell',
      { path: '^electron/', pathNot: TESTS },
      { path: '^(app/(?!index[.]ts$)|renderer/|e2e/)' },
      'The shell reaches the app by app/index.ts only.',
    ),
    never(
      'renderer-sees-contract',
      { path: '^renderer/' },
      { path: `^(app|electron|e2e)/|${packages('electron')}` },
      'Go through shared/ and renderer/lib/host.ts.',
    ),
    never(
      'renderer-has-no-node',
      { path: '^renderer/', pathNot: TESTS },
      { dependencyTypes: ['core'] },
      'No Node built-ins in the window.',
    ),
    never(
      'features-are-strangers',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
      'Compose features in renderer/App.tsx; share through stores/, ui/ or lib/.',
    ),
    never(
      'ui-and-lib-are-leaves',
      { path: '^renderer/(ui|lib)/' },
      { path: '^renderer/(stores|features)/' },
      'ui/ draws what it is given; lib/ computes.',
    ),
    never(
      'stores-know-no-views',
      { path: '^renderer/stores/' },
      { path: '^renderer/(features|ui)/' },
      'Stores hold state.',
    ),
    never(
      'e2e-drives-the-window',
      { path: '^e2e/' },
      { path: '^(app|electron|renderer)/' },
      'e2e sees what a user sees.',
    ),
    never(
      'fakes-are-for-tests',
      { pathNot: [TESTS, '^app/testing/'] },
      { path: '^app/testing/' },
      'What stands in for the world in tests never ships.',
    ),
    never('no-cycles', {}, { circular: true }, 'Split the shared part into a third file.'),
    never(
      'no-unknown-import',
      {},
      { couldNotResolve: true, pathNot: '^(virtual:|node:)' },
      'The import leads nowhere: a misspelt path, or a package that package.json does not name.',
    ),
  ],
  options: {
    tsPreCompilationDeps: true, // type-only imports count: a contract is broken by a type as well
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
