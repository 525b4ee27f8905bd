import { z } from 'zod'
import { launchOptions } from './run.ts'

/** What one in ten comes out below, what is as likely exceeded as not, and what one in ten exceeds. */
export interface Band {
  readonly p10: number
  readonly p50: number
  readonly p90: number
}

/** What of a launch an estimate hangs on. */
const estimateOptions = launchOptions.pick({
  source: true,
  params: true,
  tiers: true,
  stages: true,
  concurrency: true,
  limit: true,
})

export const estimateRequest = z.object({
  /** Given by whoever asks: progress and later questions name it. */
  id: z.string().min(1).max(64),
  text: z.string(),
  file: z.string().nullable(),
  options: estimateOptions,
  /** Items that it is to rest on; those of the chain's kept sample first. */
  sample: z.number().int().min(1).max(200),
  /** false: nothing is called. It then rests on those of them that memory has every answer for, and without any on rough sizes. */
  mayAsk: z.boolean(),
  /** Each is tried for the whole chain too. */
  tiers: z.array(z.string().min(1)).max(8).default([]),
})
export type EstimateRequest = z.infer<typeof estimateRequest>

/** What would be different; laid over what was asked for. */
export const whatIf = z.object({
  /** Stage id → tier. */
  tiers: z.record(z.string(), z.string()).default({}),
  /** Stage id → items that share a call; 1: none do. */
  packs: z.record(z.string(), z.number().int().min(1).max(1000)).default({}),
  concurrency: z.union([z.number().int().positive(), z.literal('unbounded')]).optional(),
  /** Only the first N items. */
  limit: z.number().int().positive().optional(),
  /** Tier → what its provider lets through. */
  limits: z
    .record(
      z.string(),
      z.object({
        requestsPerMinute: z.number().positive().nullable(),
        tokensPerMinute: z.number().positive().nullable(),
      }),
    )
    .default({}),
})
export type WhatIf = z.infer<typeof whatIf>

/** A run of all items, made in one way. */
export interface MixEstimate {
  /** `as-drawn`, a tier that all model stages are on, or `what-if`. */
  readonly name: string
  /** Stage id → tier, of every model stage. */
  readonly tiers: Readonly<Record<string, string>>
  readonly items: number
  /** Millionths of a dollar, as if memory had nothing; null: the price of a tier is not known. */
  readonly costMicros: Band | null
  readonly inputTokens: Band
  readonly outputTokens: Band
  readonly durationMs: Band
  /** `measured`: every stage was tried on its tier. `transferred`: some were tried on another. `rough`: nothing was tried. */
  readonly basis: 'measured' | 'transferred' | 'rough'
  readonly simulated: boolean
  readonly stages: readonly StageEstimate[]
}

export interface StageEstimate {
  readonly id: string
  readonly tier: string
  readonly model: string
  /** null: the price is not known. */
  readonly costMicros: Band | null
  readonly inputTokens: Band
  readonly outputTokens: Band
  readonly calls: Band
  /** Of all its calls, one after the other. */
  readonly latencyMs: Band
  /** Of its cost, what is for tokens of the answers; null: the price is not known. */
  readonly outputShare: number | null
}

export interface PriceNote {
  readonly tier: string
  readonly model: string
  /** `settings`: jacquard.yaml says so. `list`: of the published price lists. `free`: a server of one's own. */
  readonly from: 'settings' | 'list' | 'simulated' | 'free' | 'unknown'
  /** Of a list: the day of its version, as `2026-09-23`. */
  readonly asOf: string | null
}

/** How a run that was estimated came out. */
export interface EstimateOutcome {
  readonly run: string
  /** When it ended, in Unix milliseconds. */
  readonly at: number
  readonly items: number
  readonly estimatedMicros: Band | null
  /** What its answers cost, those from memory when they were asked for; null: not known. */
  readonly actualMicros: number | null
  readonly estimatedMs: Band
  /** null: memory answered some of it, so that its time says nothing. */
  readonly actualMs: number | null
}

export interface Estimate {
  readonly id: string
  /** Items that a run would work on. */
  readonly items: number
  /** Items that cannot be read: they fail without a call. */
  readonly unreadable: number
  /** Tokens of the items' own text; `isExact`: every one of them was counted. */
  readonly sourceTokens: { readonly count: number; readonly isExact: boolean }
  readonly sample: {
    readonly items: readonly { readonly index: number; readonly key: string }[]
    /** Of these, how many memory answered whole. */
    readonly reused: number
    /** Of these, how many failed. */
    readonly failed: number
  }
  /** As drawn first, then each tier that was tried; then those that were not, by what they share with what was. */
  readonly mixes: readonly MixEstimate[]
  /** What it takes to rest it on more items; null: there are no more, or it rests on none. */
  readonly more: EstimateOffer | null
  /** What it takes to sample at all; null: the sample is there. */
  readonly first: EstimateOffer | null
  readonly prices: readonly PriceNote[]
  /** Earlier runs of this chain that were estimated, oldest first. */
  readonly outcomes: readonly EstimateOutcome[]
}

export interface EstimateOffer {
  readonly items: number
  /** About; null: not known. */
  readonly costMicros: number | null
  readonly durationMs: number
  /** Half of the band's width that is then to be expected, as a share of the middle; null: nobody can say. */
  readonly halfWidth: number | null
}

/** How far one is that takes long. */
export interface EstimateProgress {
  readonly id: string
  readonly phase: 'sizes' | 'sample'
  readonly done: number
  /** null: not known. */
  readonly total: number | null
}

/** Half of a band's width as a share of its middle. */
export function halfWidth({ p10, p50, p90 }: Band): number {
  return p50 === 0 ? 0 : (p90 - p10) / 2 / p50
}
