/** The end of every switch over a union: a new member breaks the build here, not at run time. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
