import { done, type Handlers, type Session } from './session.ts'

type CompareHandlers = Pick<Handlers, Extract<keyof Handlers, `compare.${string}`>>

/** Variants of a chain side by side over its sample. */
export function compareHandlers({ comparisons }: Session): CompareHandlers {
  return {
    'compare.preview': (request) => comparisons.preview(request),
    'compare.start': (request) => comparisons.start(request),
    'compare.stop': ({ comparison }) => comparisons.stop(comparison),
    'compare.retry': ({ file, comparison, variant }) => comparisons.retry(file, { comparison, variant }),
    'compare.latest': ({ file }) => done(comparisons.latest(file)),
  }
}
