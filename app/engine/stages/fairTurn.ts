/** Elements of maps that may start between two turns of the event loop: together well under a millisecond's work. */
const STARTS_A_TURN = 64
// Of the whole process, as the event loop is: maps inside maps start together what none of them counts alone.
let startsLeft = STARTS_A_TURN
let waiting: (() => void)[] = []

/**
 * Asked before each of many short works that may need nothing but the processor: now and then it gives a promise to await
 * first, so that the event loop gets its turn. null: go on.
 */
export function fairTurn(): Promise<void> | null {
  if (startsLeft > 0 && waiting.length === 0) {
    startsLeft--
    return null
  }
  if (waiting.length === 0) setImmediate(release)
  return new Promise((resolve) => waiting.push(resolve))
}

function release(): void {
  const first = waiting.slice(0, STARTS_A_TURN)
  waiting = waiting.slice(STARTS_A_TURN)
  startsLeft = STARTS_A_TURN - first.length
  if (waiting.length > 0) setImmediate(release)
  for (const start of first) start()
}
