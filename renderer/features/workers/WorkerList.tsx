import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconExclamationCircle, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { WorkerEntry } from '../../../shared/api.ts'
import { selectTier, useHostStore } from '../../stores/hostStore.ts'
import { isChanged } from '../../stores/workerDocument.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { TierBadge } from '../../ui/TierBadge.tsx'
import classes from './WorkerList.module.css'

/** A handful is seen at a glance. */
const SEARCH_FROM = 8

interface WorkerListProps {
  readonly workers: readonly WorkerEntry[]
  /** File of the one that is shown. */
  readonly open: string | null
  readonly onNew: () => void
}

export function WorkerList({ workers, open, onNew }: WorkerListProps) {
  const [search, setSearch] = useState('')
  const words = search.trim().toLowerCase()
  const found = workers.filter(({ name, description }) => `${name} ${description ?? ''}`.toLowerCase().includes(words))
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <h1 className={classes.title}>Workers</h1>
        <Tooltip label="New worker">
          <ActionIcon aria-label="New worker" variant="default" onClick={onNew}>
            <IconPlus size={16} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      {workers.length >= SEARCH_FROM && (
        <TextInput
          className={classes.search ?? ''}
          aria-label="Search workers"
          placeholder="Name or what it does"
          leftSection={<IconSearch size={14} stroke={1.5} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul className={classes.list} aria-label="Workers">
        {found.map((worker) => (
          <WorkerRow key={worker.file} worker={worker} isOpen={worker.file === open} />
        ))}
      </ul>
      {found.length === 0 && <p className={classes.none}>No worker is named or does “{search}”.</p>}
    </div>
  )
}

function WorkerRow({ worker, isOpen }: { readonly worker: WorkerEntry; readonly isOpen: boolean }) {
  const { file, name, description, tier, errors, warnings, usedBy } = worker
  const known = useHostStore(selectTier(tier))
  const document = useWorkerStore((state) => state.documents[file])
  const hasDraft = document !== undefined && isChanged(document)
  const uses =
    usedBy.length === 0 ? 'not used yet' : usedBy.length === 1 ? 'used by 1 chain' : `used by ${usedBy.length} chains`
  return (
    <li className={classes.row} data-open={isOpen}>
      <div className={classes.line}>
        <button
          type="button"
          className={classes.name}
          aria-current={isOpen ? 'true' : undefined}
          onClick={() => void useWorkerStore.getState().open(file)}
        >
          {name}
        </button>
        {hasDraft && (
          <Tooltip label="Changed, not saved">
            <span className={classes.changed} role="img" aria-label="changed, not saved" />
          </Tooltip>
        )}
        {tier !== null && <TierBadge name={tier} tier={known} />}
      </div>
      <div className={classes.says}>{description ?? file}</div>
      <div className={classes.foot}>
        <Tooltip label={usedBy.join(', ')} disabled={usedBy.length === 0}>
          <span>{uses}</span>
        </Tooltip>
        {errors > 0 && (
          <span className={classes.errors}>
            <IconExclamationCircle size={14} stroke={1.5} /> {errors} {errors === 1 ? 'error' : 'errors'}
          </span>
        )}
        {errors === 0 && warnings > 0 && (
          <span className={classes.warnings}>
            <IconAlertTriangle size={14} stroke={1.5} /> {warnings} {warnings === 1 ? 'warning' : 'warnings'}
          </span>
        )}
      </div>
    </li>
  )
}
