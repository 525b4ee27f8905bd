import { create } from 'zustand'
import type { Rating, StoredRating, StoredVote, Vote } from '../../shared/judging/vote.ts'
import { callOrNotify } from '../lib/callOrNotify.ts'

interface OpinionState {
  /** The chain that they are of; null: none was opened here. */
  readonly file: string | null
  /** Oldest first. */
  readonly votes: readonly StoredVote[]
  readonly ratings: readonly StoredRating[]
  /** Reads what people and models have said of a chain's outputs. */
  open(file: string): Promise<void>
  vote(vote: Vote): Promise<void>
  undo(id: string): Promise<void>
  /** The same score again takes it back. */
  rate(rating: Rating): Promise<void>
}

/** What people and models have said of the outputs of one chain. */
export const useOpinionStore = create<OpinionState>()((set, get) => {
  async function read(): Promise<void> {
    const { file } = get()
    if (file === null) return
    const [votes, ratings] = await Promise.all([
      callOrNotify('votes.list', { file }),
      callOrNotify('ratings.list', { file }),
    ])
    if (get().file === file) set({ votes: votes ?? [], ratings: ratings ?? [] })
  }

  return {
    file: null,
    votes: [],
    ratings: [],

    async open(file) {
      if (get().file !== file) set({ file, votes: [], ratings: [] })
      await read()
    },

    async vote(vote) {
      const { file } = get()
      if (file === null) return
      await callOrNotify('votes.add', { file, vote })
      await read()
    },

    async undo(id) {
      const { file } = get()
      if (file === null) return
      await callOrNotify('votes.undo', { file, id })
      await read()
    },

    async rate(rating) {
      const { file } = get()
      if (file === null) return
      const before = ratingOf(get().ratings, rating)
      if (before?.score === rating.score) await callOrNotify('ratings.remove', { file, id: before.id })
      else await callOrNotify('ratings.put', { file, rating })
      await read()
    },
  }
})

/** What a person said of a cell's output; null: nothing, or of another output that it had before. */
export function ratingOf(
  ratings: readonly StoredRating[],
  { item, stage, variant, repeat, output }: Omit<Rating, 'score'>,
): StoredRating | null {
  const found = ratings.find(
    (one) =>
      one.item === item &&
      one.stage === stage &&
      one.variant === variant &&
      one.repeat === repeat &&
      one.output === output,
  )
  return found ?? null
}
