import { Popover, ScrollArea, Tooltip, UnstyledButton } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { RunLimits } from '../../../../shared/limits.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { BackendLimits } from './BackendLimits.tsx'
import classes from './LimitsLine.module.css'

/** What keeps the run from going faster, in one line; behind it every backend with its limits. */
export function LimitsLine({ limits }: { readonly limits: RunLimits }) {
  const [isOpen, setOpen] = useState(false)
  const tiers = useHostStore((state) => state.tiers)
  useHotkeys([['L', () => setOpen((before) => !before)]])
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={420} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label="The backends and their limits  L" disabled={isOpen}>
          <UnstyledButton className={classes.line} onClick={() => setOpen(!isOpen)}>
            <span className={classes.label}>limited by</span> <span className={classes.text}>{limits.text}</span>
            <IconChevronDown size={14} stroke={1.5} className={classes.arrow} aria-hidden />
          </UnstyledButton>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Limits of the backends">
        <ScrollArea.Autosize mah="60vh">
          <div className={classes.panel}>
            {limits.backends.map((load) => (
              <BackendLimits key={load.name} load={load} tiers={tiers} />
            ))}
            {limits.backends.length === 0 && <p className="quiet">No backend has been called yet.</p>}
          </div>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}
