import { Button, Indicator, Popover } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useState } from 'react'
import type { Chain } from '../../../shared/chain.ts'
import { knownParams } from '../../lib/paramValues.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { selectParams, useTestStore } from '../../stores/testStore.ts'
import { ParamFields } from '../../ui/params/ParamFields.tsx'
import classes from './TestBar.module.css'
import { useOpenParams } from './useOpenParams.ts'

/** Other values for the chain's params in the tries of this screen; the chain stays as it is. */
export function ParamsButton({ chain }: { readonly chain: Chain }) {
  const file = useChainStore((state) => state.file)
  const values = knownParams(chain, useTestStore(selectParams(file)))
  const missing = useOpenParams()
  const isChanged = Object.keys(values).length > 0
  const { setParams } = useTestStore.getState()
  const [resets, setResets] = useState(0)
  const setBack = () => {
    setParams({})
    setResets(resets + 1)
  }
  const state = missing.length > 0 ? ` (${missing.join(', ')} missing)` : isChanged ? ' (changed)' : ''
  return (
    <Popover position="bottom-start" width={320} trapFocus>
      <Indicator
        size={8}
        offset={3}
        disabled={state === ''}
        {...(missing.length > 0 && { color: 'var(--state-failed)' })}
      >
        <Popover.Target>
          <Button aria-label={`Params${state}`} leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.5} />}>
            Params
          </Button>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown className={classes.params ?? ''} aria-label="Params for this screen">
        {/* Fields keep what is being typed: those that were set back are others. */}
        <ParamFields
          key={`${file}:${resets}`}
          params={chain.params ?? {}}
          values={values}
          isInPopover
          onChange={setParams}
        />
        {isChanged && (
          <Button variant="subtle" className={classes.back ?? ''} onClick={setBack}>
            Back to the chain's values
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
