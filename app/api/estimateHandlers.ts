import { sampleHandlers } from './sampleHandlers.ts'
import { done, type Handlers, refuse, type Session } from './session.ts'

type EstimateHandlers = Pick<Handlers, Extract<keyof Handlers, `estimate.${string}`>>

/** What runs of a chain over all items will cost, and how long they take. */
export function estimateHandlers(session: Session): EstimateHandlers {
  const { estimates, stoppable, emit } = session
  const readSample = sampleHandlers(session)['sample.read']
  return {
    'estimate.make': async ({ request }) => {
      const read = request.file === null ? done(null) : await readSample({ file: request.file })
      if (!read.ok) return read
      let stopped = false
      try {
        return await stoppable.during(request.id, (signal) => {
          signal.addEventListener('abort', () => {
            stopped = true
          })
          return estimates.make(request, {
            signal,
            kept: read.value,
            onProgress: (progress) => emit({ kind: 'estimateProgress', progress }),
          })
        })
      } catch (error) {
        if (!stopped) throw error
        return refuse('not_possible', 'The estimate was stopped. What the sample was answered so far is remembered.')
      }
    },
    'estimate.stop': ({ id }) =>
      stoppable.stop(id) ? done(null) : refuse('not_possible', 'This estimate has come to its end already.'),
    'estimate.whatIf': ({ id, whatIf }) => estimates.whatIf(id, whatIf),
    'estimate.outcomes': ({ file }) => done(estimates.outcomes(file)),
  }
}
