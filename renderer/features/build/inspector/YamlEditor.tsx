import { useState } from 'react'
import { readYamlValue, valueText } from '../../../lib/yamlValue.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { CodeEditor } from '../../../ui/CodeEditor.tsx'
import classes from './inspector.module.css'
import { type FieldPath, useField } from './useField.ts'

/**
 * One value of the document as YAML. What can be read is written at once; what cannot stays in the editor with the reason
 * beneath it, until it can.
 */
export function YamlEditor({ path, label }: { readonly path: FieldPath; readonly label: string }) {
  const text = useChainStore((state) => state.text)
  const field = useField(path, label)
  const written = valueText(text, path)
  const [draft, setDraft] = useState<{ readonly typed: string; readonly written: string } | null>(null)
  // The document moved on by another way than this editor: it wins.
  const shown = draft !== null && draft.written === written ? draft.typed : written
  const value = readYamlValue(shown)

  function change(typed: string): void {
    const next = readYamlValue(typed)
    if (next.ok) field.set(next.node)
    setDraft({ typed, written: valueText(useChainStore.getState().text, path) })
  }

  return (
    <>
      <CodeEditor language="yaml" withLineNumbers={false} label={label} value={shown} onChange={change} />
      {!value.ok && <p className={classes.error}>{value.message}</p>}
    </>
  )
}
