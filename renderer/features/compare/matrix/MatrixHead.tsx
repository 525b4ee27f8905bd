import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconFlag, IconFlagFilled, IconRefresh } from '@tabler/icons-react'
import type { VariantSummary } from '../../../../shared/compare/summarizeVariant.ts'
import { failureKindText } from '../../../../shared/failureText.ts'
import { formatCount } from '../../../../shared/format.ts'
import { useCompareStore } from '../../../stores/compareStore.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { describeTier, TierBadge } from '../../../ui/TierBadge.tsx'
import classes from './Matrix.module.css'

interface MatrixHeadProps {
  readonly summary: VariantSummary
  readonly isBase: boolean
  readonly isLive: boolean
}

/** Above a column: the variant, whether it is the base, and what it failed for. */
export function MatrixHead({ summary, isBase, isLive }: MatrixHeadProps) {
  const { variant, errors } = summary
  const tier = useHostStore((state) => state.tiers.find(({ name }) => name === variant) ?? null)
  const { setBase, retry } = useCompareStore.getState()
  const failed = errors.reduce((sum, { count }) => sum + count, 0)
  const [first] = errors
  return (
    <div className={classes.variant}>
      <div className={classes.title}>
        {tier !== null && <TierBadge name={variant} tier={tier} />}
        <strong className="truncate" title={tier === null ? variant : describeTier(tier)}>
          {variant}
        </strong>
        {tier !== null && tier.backend !== 'simulated' && <span className={classes.model}>{tier.model}</span>}
        {isBase ? (
          <span className={classes.base}>
            <IconFlagFilled size={12} aria-hidden /> base
          </span>
        ) : (
          <Tooltip label={`Hold the others against ${variant}  B`}>
            <ActionIcon size="sm" aria-label={`Make ${variant} the base`} onClick={() => setBase(variant)}>
              <IconFlag size={14} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {first !== undefined && (
        <div className={classes.errors}>
          <span className="truncate" title={first.message}>
            {formatCount(failed)} failed: {failureKindText(first.kind).title.toLowerCase()}
            {errors.length > 1 && ' and others'}
          </span>
          {!isLive && (
            <Button
              size="xs"
              leftSection={<IconRefresh size={12} stroke={1.5} />}
              aria-label={`Retry column ${variant}`}
              onClick={() => void retry(variant)}
            >
              Retry column
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
