/** The launch is `v1`. */
export function revisionName(revision: number): string {
  return `v${revision + 1}`
}
