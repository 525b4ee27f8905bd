import { SegmentedControl } from '@mantine/core'
import type { WorkerDocument } from '../../stores/workerDocument.ts'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { SaveNotice } from './SaveNotice.tsx'
import { useWorkerKeys } from './useWorkerKeys.ts'
import classes from './WorkerEditor.module.css'
import { WorkerForm } from './WorkerForm.tsx'
import { WorkerHead } from './WorkerHead.tsx'
import { WorkerTry } from './WorkerTry.tsx'
import { WorkerVersions } from './WorkerVersions.tsx'
import { WorkerYaml } from './WorkerYaml.tsx'

export type WorkerView = 'form' | 'yaml' | 'try' | 'versions'

const LABELS: Readonly<Record<WorkerView, string>> = { form: 'Form', yaml: 'YAML', try: 'Try', versions: 'Versions' }

interface WorkerEditorProps {
  readonly document: WorkerDocument
  readonly view: WorkerView
  readonly onView: (view: WorkerView) => void
  /** There is no room to try it beside its form. */
  readonly isNarrow: boolean
}

/** One worker: its form and its YAML, two views of one text; a try of it beside them; what it was before. */
export function WorkerEditor({ document, view: chosen, onView, isNarrow }: WorkerEditorProps) {
  // The try has moved beside the form when the window grew.
  const view = chosen === 'try' && !isNarrow ? 'form' : chosen
  const views = (['form', 'yaml', 'try', 'versions'] as const).filter((each) => each !== 'try' || isNarrow)
  useWorkerKeys(document.file)

  const aTry = <WorkerTry document={document} />
  return (
    <div className={classes.root}>
      <WorkerHead
        document={document}
        isNarrow={isNarrow}
        views={
          <SegmentedControl
            aria-label="View"
            value={view}
            onChange={(next) => onView(views.find((each) => each === next) ?? 'form')}
            data={views.map((each) => ({ value: each, label: LABELS[each] }))}
          />
        }
      />
      <SaveNotice document={document} />
      <div className={classes.body}>
        {view === 'versions' && <WorkerVersions document={document} />}
        {view === 'try' && aTry}
        {(view === 'form' || view === 'yaml') && (
          <SplitPane
            name="try of a worker"
            sideAt="end"
            isOpen={!isNarrow}
            initial={420}
            min={300}
            max={720}
            side={aTry}
          >
            {view === 'form' ? (
              <WorkerForm problems={document.problems} onShowText={() => onView('yaml')} />
            ) : (
              <WorkerYaml document={document} />
            )}
          </SplitPane>
        )}
      </div>
    </div>
  )
}
