import type { Json } from '../../shared/json.ts'
import type { Rating, StoredRating, StoredVote, Vote } from '../../shared/judging/vote.ts'
import { done, type Handlers, refuse, type Session } from './session.ts'

type JudgingHandlers = Pick<Handlers, Extract<keyof Handlers, `${'votes' | 'ratings' | 'judge'}.${string}`>>

/** What people and models say of outputs. */
export function judgingHandlers({ records, judge, stoppable, emit }: Session): JudgingHandlers {
  const add = (file: string, vote: Vote): string => {
    const id = `${vote.judge ?? ''} ${vote.pair}`
    // The newest vote on a pair is the last in the list.
    records.remove('vote', file, id)
    records.put('vote', file, { id, body: { ...vote } })
    return id
  }
  return {
    'votes.list': ({ file }) =>
      done(records.list('vote', file).map(({ id, at, body }) => ({ ...kept<StoredVote>(body), id, at }))),
    'votes.add': ({ file, vote }) => done({ id: add(file, vote) }),
    'votes.undo': ({ file, id }) => {
      records.remove('vote', file, id)
      return done(null)
    },
    'ratings.list': ({ file }) =>
      done(records.list('rating', file).map(({ id, at, body }) => ({ ...kept<StoredRating>(body), id, at }))),
    'ratings.put': ({ file, rating }) => {
      records.put('rating', file, { id: ratingId(rating), body: { ...rating } })
      return done({ id: ratingId(rating) })
    },
    'ratings.remove': ({ file, id }) => {
      records.remove('rating', file, id)
      return done(null)
    },
    'judge.preview': ({ request }) => judge.preview(request),
    'judge.run': ({ id, request }) =>
      stoppable.during(id, async (signal) => {
        const total = request.pairs.length * 2
        const onAnswer = (count: number) => emit({ kind: 'judgingProgress', id, done: count, total })
        const judged = await judge.judge(request, { signal, onAnswer })
        if (!judged.ok) return judged
        for (const vote of judged.value.votes) add(request.file, vote)
        const { votes, unjudged, problem } = judged.value
        return done({ votes: votes.length, unjudged, problem })
      }),
    'judge.stop': ({ id }) =>
      stoppable.stop(id) ? done(null) : refuse('not_possible', 'The judge has come to its end already.'),
  }
}

/** A cell has one rating at a time: that of another output takes its place. */
function ratingId({ item, stage, variant, repeat }: Rating): string {
  return JSON.stringify([item, stage, variant, repeat])
}

/** Our own record, as we wrote it. */
function kept<T>(body: Json): T {
  return body as unknown as T
}
