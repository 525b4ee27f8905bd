import { NumberInput } from '@mantine/core'
import type { MixEstimate } from '../../../../shared/estimate.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { Folded } from '../../../ui/trace/Folded.tsx'
import type { Supposed } from './useEstimate.ts'
import classes from './WhatIfFields.module.css'

interface WhatIfFieldsProps {
  readonly mix: MixEstimate
  readonly value: Supposed
  readonly onChange: (value: Supposed) => void
}

/** What the launch does not set, and yet decides its price or its time: items that share a call, what providers let through. */
export function WhatIfFields({ mix, value, onChange }: WhatIfFieldsProps) {
  const known = useHostStore((state) => state.tiers)
  const tiers = [...new Set(mix.stages.map(({ tier }) => tier))]
  const asNumber = (typed: string | number) => (typeof typed === 'number' && typed > 0 ? typed : null)
  const withPack = (id: string, size: number | null) => {
    const { [id]: _, ...others } = value.packs
    onChange({ ...value, packs: size === null ? others : { ...others, [id]: size } })
  }
  const withLimit = (tier: string, limit: Partial<Supposed['limits'][string]>) => {
    const before = value.limits[tier] ?? { requestsPerMinute: null, tokensPerMinute: null }
    const next = { ...before, ...limit }
    const { [tier]: _, ...others } = value.limits
    const isNone = next.requestsPerMinute === null && next.tokensPerMinute === null
    onChange({ ...value, limits: isNone ? others : { ...others, [tier]: next } })
  }
  return (
    <Folded title="What if">
      <div className={classes.root}>
        {mix.stages.map(({ id }) => (
          <NumberInput
            key={id}
            size="xs"
            label={`Items a call of ${id}`}
            placeholder="as drawn"
            min={1}
            max={1000}
            value={value.packs[id] ?? ''}
            onChange={(typed) => withPack(id, asNumber(typed))}
          />
        ))}
        {tiers.map((tier) => {
          const own = known.find(({ name }) => name === tier)
          return (
            <div key={tier} className={classes.limits}>
              <NumberInput
                size="xs"
                label={`Requests a minute of ${tier}`}
                placeholder={String(own?.requestsPerMinute ?? 'any number')}
                min={1}
                hideControls
                thousandSeparator=","
                value={value.limits[tier]?.requestsPerMinute ?? ''}
                onChange={(typed) => withLimit(tier, { requestsPerMinute: asNumber(typed) })}
              />
              <NumberInput
                size="xs"
                label={`Tokens a minute of ${tier}`}
                placeholder={String(own?.tokensPerMinute ?? 'any number')}
                min={1}
                hideControls
                thousandSeparator=","
                value={value.limits[tier]?.tokensPerMinute ?? ''}
                onChange={(typed) => withLimit(tier, { tokensPerMinute: asNumber(typed) })}
              />
            </div>
          )
        })}
      </div>
      <p className={classes.hint}>
        This changes the estimate, not the launch: items share a call where the chain says `pack`, and providers let
        through what jacquard.yaml or they themselves say.
      </p>
    </Folded>
  )
}
