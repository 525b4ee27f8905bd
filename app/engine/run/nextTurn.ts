/** Lets other work of the event loop go on before a long one continues. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
