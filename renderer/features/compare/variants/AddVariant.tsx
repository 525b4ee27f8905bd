import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconCpu, IconFileText, IconHistory, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { assertNever } from '../../../../shared/assertNever.ts'
import { MOST_VARIANTS } from '../../../../shared/compare/limits.ts'
import { tierVariant } from '../../../../shared/compare/tierVariant.ts'
import { AS_DRAWN, type Variant } from '../../../../shared/variant.ts'
import { useCompareStore } from '../../../stores/compareStore.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { TierBadge } from '../../../ui/TierBadge.tsx'
import { ModelDialog } from './ModelDialog.tsx'
import { PromptDialog } from './PromptDialog.tsx'
import classes from './VariantChips.module.css'
import { VersionDialog } from './VersionDialog.tsx'

type OtherKind = 'model' | 'prompt' | 'version'

const icon = { size: 16, stroke: 1.5 }

/** Adds a tier, the chain as it stands, another model, another prompt, or another version of the chain. */
export function AddVariant() {
  const variants = useCompareStore((state) => state.draft.variants)
  const tiers = useHostStore((state) => state.tiers)
  const [dialog, setDialog] = useState<OtherKind | null>(null)
  const has = (name: string) => variants.some((variant) => variant.name === name)
  const left = tiers.filter(({ name }) => !has(name))
  const isFull = variants.length >= MOST_VARIANTS
  return (
    <>
      <Menu position="bottom-start" width={300} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="subtle" disabled={isFull} rightSection={<IconChevronDown size={14} stroke={1.5} />}>
            Add variant
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {left.length > 0 && <Menu.Label>Every stage on a tier</Menu.Label>}
          {left.map((tier) => (
            <Menu.Item
              key={tier.name}
              disabled={tier.notReady !== null}
              onClick={() => addVariant(tierVariant(tier.name, null))}
            >
              <TierBadge name={tier.name} tier={tier} withName />
              <div className={classes.why}>{tier.notReady ?? modelOf(tier)}</div>
            </Menu.Item>
          ))}
          {left.length > 0 && <Menu.Divider />}
          {!has(AS_DRAWN) && (
            <Menu.Item leftSection={<IconFileText {...icon} />} onClick={() => addVariant({ name: AS_DRAWN })}>
              The chain as drawn
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCpu {...icon} />} onClick={() => setDialog('model')}>
            Another model…
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => setDialog('prompt')}>
            Another prompt of a stage…
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory {...icon} />} onClick={() => setDialog('version')}>
            The chain as it was, or another one…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog !== null && <OtherDialog kind={dialog} onClose={() => setDialog(null)} />}
    </>
  )
}

function OtherDialog({ kind, onClose }: { readonly kind: OtherKind; readonly onClose: () => void }) {
  const add = (variant: Variant) => {
    addVariant(variant)
    onClose()
  }
  switch (kind) {
    case 'model':
      return <ModelDialog onAdd={add} onClose={onClose} />
    case 'prompt':
      return <PromptDialog onAdd={add} onClose={onClose} />
    case 'version':
      return <VersionDialog onAdd={add} onClose={onClose} />
    default:
      return assertNever(kind)
  }
}

/** Under a name that no other one has. */
function addVariant(variant: Variant): void {
  const { draft, change } = useCompareStore.getState()
  const taken = new Set(draft.variants.map(({ name }) => name))
  let name = variant.name
  for (let more = 2; taken.has(name); more++) name = `${variant.name} ${more}`
  change({ variants: [...draft.variants, { ...variant, name }] })
}

function modelOf({ backend, model }: { readonly backend: string; readonly model: string }): string {
  return backend === 'simulated' ? 'simulated, no model is called' : model
}
