/** Kahn's algorithm; among stages that are free, document order. `cycle` is one cycle, in wire order. */
export function sortByDependency(
  ids: readonly string[],
  dependencies: ReadonlyMap<string, readonly string[]>,
): { order: string[]; cycle: string[] } {
  const order: string[] = []
  const placed = new Set<string>()
  for (;;) {
    const free = ids.find((id) => !placed.has(id) && (dependencies.get(id) ?? []).every((other) => placed.has(other)))
    if (free === undefined) break
    placed.add(free)
    order.push(free)
  }
  const rest = ids.filter((id) => !placed.has(id))
  return { order: [...order, ...rest], cycle: rest.length === 0 ? [] : findCycle(rest, dependencies) }
}

function findCycle(rest: readonly string[], dependencies: ReadonlyMap<string, readonly string[]>): string[] {
  const trail: string[] = []
  let at = rest[0]
  // Every stage of `rest` waits for another one of `rest`: going backwards must come round.
  while (at !== undefined && !trail.includes(at)) {
    trail.push(at)
    at = dependencies.get(at)?.find((id) => rest.includes(id))
  }
  return at === undefined ? trail : trail.slice(trail.indexOf(at)).reverse()
}
