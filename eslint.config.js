import { defineConfig, globalIgnores } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

// What neither the compiler nor Biome sees. Formatting and the ordinary lint rules are Biome's.

const TESTS = ['**/*.test.ts', '**/*.test.tsx']

const pureProperties = [
  { object: 'Date', property: 'now', message: 'Decisions have no clock: take the time as an argument.' },
  { object: 'Math', property: 'random', message: 'Decisions have no dice: take the random number as an argument.' },
]

const noClock = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
  message: 'Decisions have no clock: take the time as an argument.',
}

const noParsing = {
  selector: 'CallExpression[callee.property.name=/^(parse|safeParse|parseAsync|safeParseAsync)$/]',
  message:
    'Parse at the edge: app/api, app/backends, app/storage and app/files. Inside, a value is what its type says.',
}

export default defineConfig(
  globalIgnores(['dist/', 'examples/', 'docs/', 'test-results/', 'playwright-report/', '*.config.*']),
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        // Named one by one, and not found by `projectService`: a folder's own configuration leaves its tests out.
        project: [
          'shared/tsconfig.json',
          'app/tsconfig.json',
          'electron/tsconfig.json',
          'renderer/tsconfig.json',
          'e2e/tsconfig.json',
          'bench/tsconfig.json',
          'scripts/tsconfig.json',
          'tsconfig.test.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      'max-params': ['error', { max: 3 }],
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['shared/**/*.ts', 'app/core/**/*.ts'],
    // linearRegex.ts has a stopwatch, as JSONata itself: it stops an expression, and decides nothing.
    ignores: [...TESTS, 'shared/expressions/linearRegex.ts'],
    rules: {
      'no-restricted-properties': ['error', ...pureProperties],
      'no-restricted-syntax': ['error', noClock],
    },
  },
  // shared/ may parse: the schemas live there, and so do the two readers of a chain's text (chainDocument.ts,
  // chainEdit.ts), which the edges themselves call.
  {
    files: ['app/core/**/*.ts'],
    // A model's answer is text from outside that only its stage's own schema can judge: findJson.ts is that edge.
    ignores: [...TESTS, 'app/core/findJson.ts'],
    rules: { 'no-restricted-syntax': ['error', noClock, noParsing] },
  },
  {
    files: ['app/engine/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    // Outputs stay text from the model to the results file; storedJson.ts is where one is read back from our own database.
    ignores: [...TESTS, 'app/engine/results/storedJson.ts'],
    rules: { 'no-restricted-syntax': ['error', noParsing] },
  },
  { ...reactHooks.configs.flat.recommended, files: ['renderer/**/*.{ts,tsx}'] },
)
