import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconCoins } from '@tabler/icons-react'
import { useState } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import type { RunChange } from '../../../../shared/runChange.ts'
import { previewPrice } from '../../../lib/previewText.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { RunPreviewTooltip } from '../../../ui/RunPreviewTooltip.tsx'
import { TierBadge } from '../../../ui/TierBadge.tsx'
import { useRunPreview } from '../../../ui/useRunPreview.ts'
import { changeRun } from '../runActions.ts'
import { type CheaperTier, cheaperTiers } from './cheaperTiers.ts'

/** Finishes what is left of a run on a cheaper tier; its price stands on the button. Nothing where there is none. */
export function CheaperTierButton({ summary }: { readonly summary: RunSummary }) {
  const { run, stages, counts } = summary
  const tiers = useHostStore((state) => state.tiers)
  const choices = cheaperTiers(stages, tiers)
  const [wanted, setWanted] = useState<string | null>(null)
  const chosen = choices.find(({ tier }) => tier.name === wanted) ?? choices[0]
  const change = chosen === undefined ? null : changeTo(chosen)
  const what = change === null ? null : ({ kind: 'change', run, change } as const)
  const price = useRunPreview(what)
  if (chosen === undefined || change === null) return null
  const left = counts.waiting + counts.running
  const words = `Finish ${formatCount(left)} ${left === 1 ? 'item' : 'items'} on ${chosen.tier.name}`
  return (
    <Button.Group>
      <RunPreviewTooltip
        what={what}
        label={`${Object.keys(chosen.tiers).join(', ')}: from now on asked of ${chosen.tier.name}.`}
      >
        <Button leftSection={<IconCoins size={16} stroke={1.5} />} onClick={() => void changeRun(run, change)}>
          {words}
          {price.status === 'ready' && ` · ${previewPrice(price.preview)}`}
        </Button>
      </RunPreviewTooltip>
      {choices.length > 1 && (
        <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <Button px={6} aria-label="Another tier" title="Another tier">
              <IconChevronDown size={16} stroke={1.5} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {choices.map(({ tier }) => (
              <Menu.Item key={tier.name} onClick={() => setWanted(tier.name)}>
                <TierBadge name={tier.name} tier={tier} withName />
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Button.Group>
  )
}

/** A better tier that a stage would ask after it is as dear as before: it is asked no more. */
function changeTo({ tiers }: CheaperTier): RunChange {
  const stages = Object.fromEntries(Object.keys(tiers).map((id) => [id, { escalate: null }]))
  return { scope: { kind: 'rest' }, tiers, stages }
}
