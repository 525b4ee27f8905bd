import { useEffect, useState } from 'react'
import type { ApiError } from '../../../../shared/api.ts'
import type { DuelPair } from '../../../../shared/judging/duelPairs.ts'
import type { JudgeRequest } from '../../../../shared/judging/judgeRequest.ts'
import type { RunPreview } from '../../../../shared/runChange.ts'
import { host } from '../../../lib/host.ts'
import { useOpinionStore } from '../../../stores/opinionStore.ts'

/** What a model is to judge, by the pairs of a duel. */
export type JudgeTask = Omit<JudgeRequest, 'pairs'> & { readonly pairs: readonly DuelPair[] }

interface Judging {
  /** The id of what goes on; null: nothing. */
  readonly going: string | null
  /** Why the last one gave no verdicts, or not all. */
  readonly problem: ApiError | null
  run(task: JudgeTask): Promise<void>
  stop(): void
}

/** Asks a model, and has its votes read when they are there. */
export function useJudge(): Judging {
  const [going, setGoing] = useState<string | null>(null)
  const [problem, setProblem] = useState<ApiError | null>(null)
  return {
    going,
    problem,
    run: async (task) => {
      const id = crypto.randomUUID()
      setGoing(id)
      setProblem(null)
      const reply = await host.call('judge.run', { id, request: requestOf(task) })
      await useOpinionStore.getState().open(task.file)
      setGoing(null)
      if (!reply.ok) return setProblem(reply.error)
      const { unjudged, problem: why } = reply.value
      if (unjudged > 0 && why !== null)
        setProblem({ kind: 'not_possible', message: `It gave no verdict on ${unjudged} of the pairs. ${why}` })
    },
    stop: () => {
      if (going !== null) void host.call('judge.stop', { id: going })
    },
  }
}

/** What it would ask for; null: not known yet, or nothing. */
export function useJudgePreview(task: JudgeTask): RunPreview | null {
  const [read, setRead] = useState<{ readonly key: string; readonly preview: RunPreview | null } | null>(null)
  const { tier, criteria, pairs } = task
  const key = [tier, criteria, ...pairs.map(({ id }) => id)].join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what is asked; the task is new each time
  useEffect(() => {
    if (pairs.length === 0 || criteria.trim() === '') return
    let isWanted = true
    void host.call('judge.preview', { request: requestOf(task) }).then((reply) => {
      if (isWanted) setRead({ key, preview: reply.ok ? reply.value : null })
    })
    return () => {
      isWanted = false
    }
  }, [key])
  return read?.key === key ? read.preview : null
}

function requestOf({ pairs, ...told }: JudgeTask): JudgeRequest {
  return {
    ...told,
    pairs: pairs.map(({ id, item, left, right }) => ({
      pair: id,
      item: item.key,
      left: left.variant,
      right: right.variant,
      leftOutput: left.output,
      rightOutput: right.output,
      run: left.run,
    })),
  }
}
