import { useState } from 'react'
import type { YamlPath } from '../../../shared/yamlProblems.ts'
import { readYamlValue, valueText } from '../../lib/yamlValue.ts'
import { selectOpenWorker, useWorkerStore } from '../../stores/workerStore.ts'
import { CodeEditor } from '../../ui/CodeEditor.tsx'
import { FieldFrame } from '../../ui/FieldFrame.tsx'
import { useWorkerField } from './useWorkerField.ts'
import classes from './WorkerForm.module.css'
import { workerHistoryKeys } from './workerHistoryKeys.ts'

interface YamlFieldProps {
  readonly path: string
  readonly label: string
  readonly help: string
}

export function YamlField({ path, label, help }: YamlFieldProps) {
  const { problem } = useWorkerField([path], label)
  return (
    <FieldFrame label={label} problem={problem} help={help}>
      <YamlEditor path={[path]} label={label} />
    </FieldFrame>
  )
}

/**
 * One value of the worker as YAML. What can be read is written at once; what cannot stays in the editor with the reason
 * beneath it, until it can.
 */
export function YamlEditor({ path, label }: { readonly path: YamlPath; readonly label: string }) {
  const text = useWorkerStore((state) => selectOpenWorker(state)?.text ?? '')
  const field = useWorkerField(path, label)
  const written = valueText(text, path)
  const [draft, setDraft] = useState<{ readonly typed: string; readonly written: string } | null>(null)
  // The document moved on by another way than this editor: it wins.
  const shown = draft !== null && draft.written === written ? draft.typed : written
  const value = readYamlValue(shown)

  function change(typed: string): void {
    const next = readYamlValue(typed)
    if (next.ok) field.set(next.node)
    setDraft({ typed, written: valueText(selectOpenWorker(useWorkerStore.getState())?.text ?? '', path) })
  }

  return (
    <>
      <CodeEditor
        language="yaml"
        withLineNumbers={false}
        withHistory={false}
        extensions={workerHistoryKeys}
        label={label}
        value={shown}
        onChange={change}
      />
      {!value.ok && <p className={classes.problem}>{value.message}</p>}
    </>
  )
}
