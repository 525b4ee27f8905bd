import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{shared,app,electron,renderer,scripts}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // A process a file, not a thread: the tests open databases, servers and worker threads of their own.
    pool: 'forks',
    testTimeout: 60_000,
    // Half of the time of these tests is waiting: for a server, a timer, a disk. One more than Vitest would take by itself.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // Prices, dates and numbers read the same wherever the tests run.
    env: { TZ: 'UTC', NO_COLOR: '1' },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    restoreMocks: true,
  },
})
