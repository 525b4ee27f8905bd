import { useEffect, useRef, useState } from 'react'
import type { ApiError } from '../../../../shared/api.ts'
import type { Estimate, EstimateProgress, MixEstimate, WhatIf } from '../../../../shared/estimate.ts'
import type { LaunchOptions } from '../../../../shared/run.ts'
import { DEFAULT_SAMPLE_SIZE } from '../../../../shared/sample.ts'
import { host } from '../../../lib/host.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { useRunStore } from '../../../stores/runStore.ts'
import { useLaunchStore } from '../launchStore.ts'

export type Supposed = Pick<WhatIf, 'packs' | 'limits'>

const NOTHING_SUPPOSED: Supposed = { packs: {}, limits: {} }

export interface EstimateView {
  /** null: there is none (yet). */
  readonly estimate: Estimate | null
  /** The run as it is set up here; null: it is being worked out. */
  readonly mix: MixEstimate | null
  readonly error: ApiError | null
  /** Beyond what the launch sets. */
  readonly supposed: Supposed
  suppose(supposed: Supposed): void
  /** The sample is being tried; null: nothing is asked. */
  readonly progress: EstimateProgress | null
  /** Tries so many items of the sample. What was answered is remembered: only further ones are paid for. */
  tryItems(count: number): void
  stop(): void
}

/** While somebody types or chooses further, nothing is worked out. */
const REST_MS = 400

/**
 * What the launch will cost and how long it takes. Made without any call whenever the chain, its items or memory are other ones;
 * tiers, items at once and the number of items are laid over it.
 */
export function useEstimate(file: string, options: LaunchOptions | null): EstimateView {
  const text = useChainStore((state) => state.text)
  const tiers = useHostStore((state) => state.tiers)
  // Whatever ended meanwhile may have answered some of the sample.
  const memory = useRunStore(({ runs }) => runs.map(({ run, state }) => `${run} ${state.status}`)[0] ?? '')
  const count = useLaunchStore(({ tried }) => tried.get(file) ?? DEFAULT_SAMPLE_SIZE)
  const [made, setMade] = useState<{ readonly key: string; readonly estimate: Estimate } | null>(null)
  const [mix, setMix] = useState<{ readonly key: string; readonly mix: MixEstimate } | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [progress, setProgress] = useState<EstimateProgress | null>(null)
  const [supposed, suppose] = useState(NOTHING_SUPPOSED)
  const asking = useRef<string | null>(null)

  const { source, params, stages } = options ?? {}
  const base = { ...(source && { source }), ...(params && { params }), ...(stages && { stages }) }
  const keyOf = (sample: number) => (options === null ? '' : JSON.stringify([file, text, base, sample, memory, tiers]))
  const key = keyOf(count)

  async function make(mayAsk: boolean, sample: number): Promise<void> {
    const id = crypto.randomUUID()
    if (mayAsk) asking.current = id
    const request = { id, text, file, options: base, sample, mayAsk }
    const reply = await host.call('estimate.make', { request })
    if (mayAsk) {
      asking.current = null
      setProgress(null)
    }
    setError(reply.ok ? null : reply.error)
    if (reply.ok) setMade({ key: keyOf(sample), estimate: reply.value })
  }

  useEffect(
    () =>
      host.listen((event) => {
        if (event.kind === 'estimateProgress' && event.progress.id === asking.current) setProgress(event.progress)
      }),
    [],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what is asked; the rest is made of it
  useEffect(() => {
    if (key === '' || asking.current !== null || made?.key === key) return
    const timer = setTimeout(() => void make(false, count), REST_MS)
    return () => clearTimeout(timer)
  }, [key, progress === null])

  const estimate = options === null ? null : (made?.estimate ?? null)
  const { tiers: chosen = {}, concurrency, limit } = options ?? {}
  const whatIf = {
    tiers: chosen,
    ...supposed,
    ...(concurrency !== undefined && { concurrency }),
    ...(limit !== undefined && { limit }),
  }
  const laidOver = [chosen, supposed.packs, supposed.limits].some((part) => Object.keys(part).length > 0)
  const isAsDrawn = !laidOver && concurrency === undefined && limit === undefined
  const mixKey = estimate === null ? '' : `${estimate.id} ${JSON.stringify(whatIf)}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: `mixKey` says what is asked
  useEffect(() => {
    if (estimate === null || isAsDrawn) return
    let isWanted = true
    const timer = setTimeout(() => {
      void host.call('estimate.whatIf', { id: estimate.id, whatIf }).then((reply) => {
        if (isWanted && reply.ok) setMix({ key: mixKey, mix: reply.value })
      })
    }, REST_MS / 2)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [mixKey])

  const shown = isAsDrawn ? (estimate?.mixes[0] ?? null) : mix?.key === mixKey ? mix.mix : null
  return {
    estimate,
    mix: shown,
    error,
    progress,
    supposed,
    suppose,
    tryItems: (wanted) => {
      setProgress({ id: '', phase: 'sample', done: 0, total: null })
      useLaunchStore.getState().triedItems(file, wanted)
      void make(true, wanted)
    },
    stop: () => {
      if (asking.current !== null) void host.call('estimate.stop', { id: asking.current })
    },
  }
}
