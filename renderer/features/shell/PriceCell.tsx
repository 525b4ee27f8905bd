import { ActionIcon, Button, Group, NumberInput, Popover } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import type { Price, Tier } from '../../../shared/tier.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import classes from './PriceCell.module.css'

type Draft = Record<keyof Price, number | string>

const FIELDS: readonly { readonly key: keyof Price; readonly label: string; readonly isNeeded: boolean }[] = [
  { key: 'input', label: 'Input', isNeeded: true },
  { key: 'output', label: 'Output', isNeeded: true },
  { key: 'cached', label: 'Input from cache', isNeeded: false },
  { key: 'cacheWrite', label: 'Input into cache', isNeeded: false },
]

/** What a tier costs, where that comes from, and a way to set it: a contract has prices of its own, and some are published nowhere. */
export function PriceCell({ tier }: { readonly tier: Tier }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Group gap={4} justify="flex-end" wrap="nowrap">
        {tier.knownPrice === null ? 'unknown' : `$${tier.knownPrice.input} / $${tier.knownPrice.output}`}
        {tier.backend !== 'simulated' && (
          <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" trapFocus withinPortal>
            <Popover.Target>
              <ActionIcon size="sm" aria-label={`Set the price of ${tier.name}`} onClick={() => setIsOpen(!isOpen)}>
                <IconPencil size={14} stroke={1.5} />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown>
              <PriceForm tier={tier} onDone={() => setIsOpen(false)} />
            </Popover.Dropdown>
          </Popover>
        )}
      </Group>
      <div className={classes.second}>{originOf(tier)}</div>
    </>
  )
}

function PriceForm({ tier, onDone }: { readonly tier: Tier; readonly onDone: () => void }) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(tier.knownPrice))
  const [isSaving, setIsSaving] = useState(false)
  const price = priceOf(draft)

  async function save(next: Price | null): Promise<void> {
    setIsSaving(true)
    const tiers = await callOrNotify('tiers.setPrice', { tier: tier.name, price: next })
    setIsSaving(false)
    if (tiers === null) return
    useHostStore.setState({ tiers })
    onDone()
  }
  return (
    <form
      className={classes.form}
      aria-label={`Price of ${tier.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (price !== null) void save(price)
      }}
    >
      <p className={classes.hint}>US dollars per million tokens, kept in jacquard.yaml.</p>
      <div className={classes.fields}>
        {FIELDS.map(({ key, label, isNeeded }) => (
          <NumberInput
            key={key}
            size="xs"
            label={label}
            prefix="$"
            allowNegative={false}
            decimalScale={6}
            hideControls
            placeholder={isNeeded ? '' : 'as input'}
            required={isNeeded}
            value={draft[key]}
            onChange={(value) => setDraft({ ...draft, [key]: value })}
          />
        ))}
      </div>
      <Group gap={8} justify="flex-end">
        {tier.price !== undefined && (
          <Button size="xs" variant="subtle" disabled={isSaving} onClick={() => void save(null)}>
            Forget it
          </Button>
        )}
        <Button size="xs" variant="filled" type="submit" disabled={price === null} loading={isSaving}>
          Save
        </Button>
      </Group>
    </form>
  )
}

function originOf({ backend, price, knownPrice }: Tier): string {
  if (backend === 'simulated') return 'play money'
  if (price !== undefined) return 'set in jacquard.yaml'
  if (knownPrice === null) return 'no list has it'
  return backend === 'ollama' || backend === 'lm-studio' ? 'on this machine' : 'published'
}

function draftOf(price: Price | null): Draft {
  return {
    input: price?.input ?? '',
    output: price?.output ?? '',
    cached: price?.cached ?? '',
    cacheWrite: price?.cacheWrite ?? '',
  }
}

/** null: what is needed is not there yet. */
function priceOf({ input, output, cached, cacheWrite }: Draft): Price | null {
  if (typeof input !== 'number' || typeof output !== 'number') return null
  return {
    input,
    output,
    ...(typeof cached === 'number' && { cached }),
    ...(typeof cacheWrite === 'number' && { cacheWrite }),
  }
}
