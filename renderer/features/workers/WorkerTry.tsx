import { Button, Select, Tooltip } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { DEFAULT_TIER } from '../../../shared/stages.ts'
import { modifierKey } from '../../lib/modifierKey.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { isChanged, type WorkerDocument } from '../../stores/workerDocument.ts'
import { selectTry, useWorkerTestStore } from '../../stores/workerTestStore.ts'
import { FillFromItem } from './FillFromItem.tsx'
import { InputForm } from './InputForm.tsx'
import { inputFields } from './inputForm.ts'
import { TryResult } from './TryResult.tsx'
import { tryWorker } from './tryWorker.ts'
import classes from './WorkerTry.module.css'

/** The worker alone: what goes in, on which tier, and what comes out. */
export function WorkerTry({ document }: { readonly document: WorkerDocument }) {
  const { file, worker } = document
  const last = useWorkerTestStore(selectTry(file))
  const isRunning = last.status === 'starting' || last.status === 'running'
  return (
    <section className={classes.root} aria-label="Try the worker">
      <div className={classes.head}>
        <h3 className={classes.title}>Try it</h3>
        <TierOfTry file={file} written={worker?.tier ?? DEFAULT_TIER} />
        {isRunning ? (
          <Button
            size="md"
            leftSection={<IconPlayerStop size={16} stroke={1.5} />}
            onClick={() => void useWorkerTestStore.getState().cancel(file)}
          >
            Stop
          </Button>
        ) : (
          <Tooltip label={worker === null ? 'The worker has errors; set them right first.' : `${modifierKey()}⏎`}>
            <Button
              variant="filled"
              size="md"
              leftSection={<IconPlayerPlay size={16} stroke={1.5} />}
              data-disabled={worker === null}
              aria-disabled={worker === null}
              onClick={() => void tryWorker(file)}
            >
              {isChanged(document) ? 'Save and run' : 'Run worker'}
            </Button>
          </Tooltip>
        )}
      </div>
      <div className={classes.body}>
        {worker === null ? (
          <p className={classes.quiet}>The worker has errors. Once they are set right, it can be tried here.</p>
        ) : (
          <InputForm
            key={file}
            file={file}
            schema={worker.inputSchema}
            aside={<FillFromItem file={file} fields={inputFields(worker.inputSchema)} />}
          />
        )}
        {(worker !== null || last.status !== 'none') && (
          <TryResult last={last} hasSchema={worker?.output !== undefined} />
        )}
      </div>
    </section>
  )
}

/** Another tier for the tries of this window; the worker stays as it is written. */
function TierOfTry({ file, written }: { readonly file: string; readonly written: string }) {
  const tiers = useHostStore((state) => state.tiers)
  const chosen = useWorkerTestStore((state) => state.tiers[file] ?? null)
  const names = [...new Set([written, ...tiers.map((tier) => tier.name)])]
  return (
    <Select
      aria-label="Tier for this try"
      className={classes.tier ?? ''}
      data={names.map((name) => ({ value: name, label: name === written ? `${name} (its own)` : name }))}
      value={chosen ?? written}
      allowDeselect={false}
      onChange={(name) => useWorkerTestStore.getState().setTier(file, name === written ? null : name)}
    />
  )
}
