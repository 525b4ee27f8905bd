/** What one measured process prints as its last line. */
export interface Measured {
  readonly items: number
  /** Requests to the provider. */
  readonly calls: number
  readonly seconds: number
  /** Processor time of the whole process, user and system, in microseconds. */
  readonly cpuMicros: number
}

/** Runs the work, which gives its calls, and prints what it took. Setting up before and clearing away after are not counted. */
export async function measure(items: number, work: () => Promise<number>): Promise<void> {
  const cpuBefore = process.cpuUsage()
  const before = performance.now()
  const calls = await work()
  const seconds = (performance.now() - before) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  const measured: Measured = { items, calls, seconds, cpuMicros: user + system }
  process.stdout.write(`${JSON.stringify(measured)}\n`)
}
