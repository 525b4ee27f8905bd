import { ActionIcon, Button, NumberInput, Popover, Tooltip } from '@mantine/core'
import { IconPin, IconRefresh, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { MOST_ITEMS } from '../../../../shared/compare/limits.ts'
import { formatBytes, formatCount } from '../../../../shared/format.ts'
import { DEFAULT_SAMPLE_SIZE } from '../../../../shared/sample.ts'
import { type ChainSample, useCompareStore } from '../../../stores/compareStore.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { FileName } from '../../../ui/FileName.tsx'
import { AddItem } from './AddItem.tsx'
import { REASON_WORDS } from './reasonWords.ts'
import classes from './SampleButton.module.css'

/** The few items that are compared by: which, why, and others in their place. */
export function SampleButton() {
  const sample = useCompareStore((state) => state.sample)
  return (
    <Popover position="bottom-start" width={400} trapFocus>
      <Popover.Target>
        <Button leftSection={<IconPin size={16} stroke={1.5} />}>{labelOf(sample)}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="The sample" className={classes.root ?? ''}>
        {sample.status === 'failed' && <ApiErrorNotice error={sample.error} />}
        {sample.status === 'loading' && <p className={classes.about}>Choosing items…</p>}
        {sample.status === 'ready' && <SampleItems sample={sample} />}
        <ProposeAnew />
      </Popover.Dropdown>
    </Popover>
  )
}

function SampleItems({ sample }: { readonly sample: Extract<ChainSample, { status: 'ready' }> }) {
  const { items, total } = sample
  const { setItems } = useCompareStore.getState()
  return (
    <>
      <p className={classes.about}>
        {formatCount(items.length)}
        {total !== null && ` of ${formatCount(total)}`} items, chosen to stretch the chain. They stay the same, kept
        with the chain, until you change them.
      </p>
      <ul className={classes.list} aria-label="Items of the sample">
        {items.map((item) => (
          <li key={item.index} className={classes.item}>
            <span className={classes.name}>
              <FileName path={item.key} />
            </span>
            <span className={classes.reason}>{REASON_WORDS[item.reason]}</span>
            <span className={classes.bytes}>{item.bytes === null ? '' : formatBytes(item.bytes)}</span>
            <Tooltip label="Take it out">
              <ActionIcon
                size="sm"
                aria-label={`Take ${item.key} out`}
                disabled={items.length === 1}
                onClick={() => void setItems(items.filter(({ index }) => index !== item.index))}
              >
                <IconX size={14} stroke={1.5} />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
      <AddItem items={items} />
    </>
  )
}

function ProposeAnew() {
  const now = useCompareStore(({ sample }) => (sample.status === 'ready' ? sample.items.length : null))
  const [size, setSize] = useState<number | null>(null)
  const wanted = size ?? now ?? DEFAULT_SAMPLE_SIZE
  return (
    <div className={classes.anew}>
      <Button
        leftSection={<IconRefresh size={16} stroke={1.5} />}
        onClick={() => void useCompareStore.getState().propose(wanted)}
      >
        Choose anew
      </Button>
      <NumberInput
        aria-label="Items to choose"
        w={72}
        min={1}
        max={MOST_ITEMS}
        clampBehavior="strict"
        allowDecimal={false}
        value={wanted}
        onChange={(value) => typeof value === 'number' && value > 0 && setSize(value)}
      />
      <span className={classes.about}>items; those you chose stay</span>
    </div>
  )
}

function labelOf(sample: ChainSample): string {
  switch (sample.status) {
    case 'loading':
      return 'Sample…'
    case 'failed':
      return 'No sample'
    case 'ready':
      return `${formatCount(sample.items.length)} ${sample.items.length === 1 ? 'item' : 'items'}`
  }
}
