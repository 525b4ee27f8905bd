/** Lets other work of the event loop go on before a long one continues. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Elements of maps that may start between two turns of the event loop. */
const STARTS_A_TURN = 128
// Of the whole process, as the event loop is: maps inside maps start what none of them counts alone.
let startsLeft = STARTS_A_TURN
let due: Promise<void> | null = null

/**
 * Asked before each of many short works is started that may need nothing but the processor: now and then it gives a
 * promise to await, so that the event loop gets a turn. null: go on.
 */
export function fairTurn(): Promise<void> | null {
  if (due !== null) return due
  startsLeft--
  if (startsLeft > 0) return null
  due = nextTurn().then(() => {
    due = null
    startsLeft = STARTS_A_TURN
  })
  return due
}
