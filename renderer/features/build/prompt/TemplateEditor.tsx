import { useMemo } from 'react'
import { CodeEditor } from '../../../ui/CodeEditor.tsx'
import type { FieldPath } from '../inspector/useField.ts'
import classes from './prompt.module.css'
import { templateEditing } from './templateEditing.ts'

interface TemplateEditorProps {
  /** Where in the document the text stands; its problems are underlined. */
  readonly path: FieldPath
  /** The stage whose text it is, for the names in scope; null: the chain's output. */
  readonly stage: string | null
  readonly value: string
  readonly onChange: (value: string) => void
  readonly label: string
  readonly placeholder?: string
  /** The whole text is one expression unless it has braces. */
  readonly bare?: boolean
  readonly oneLine?: boolean
}

/** A text with `{{ expressions }}`: marks them, completes the names in them, underlines what is wrong. */
export function TemplateEditor(props: TemplateEditorProps) {
  const { path, stage, value, onChange, label, placeholder = '', bare = false, oneLine = false } = props
  const pathKey = JSON.stringify(path)
  // A map's `output` is worked out for each element, among the map's own stages.
  const isInside = stage !== null && path[path.lastIndexOf(stage) + 1] === 'output'
  const extensions = useMemo(
    () => templateEditing({ pathKey, place: { stage, isInside }, bare, oneLine }),
    [pathKey, stage, isInside, bare, oneLine],
  )
  const editor = (
    <CodeEditor
      language="text"
      label={label}
      placeholder={placeholder}
      value={value}
      onChange={(text) => onChange(oneLine ? text.replaceAll('\n', ' ') : text)}
      extensions={extensions}
      withHistory={false}
    />
  )
  return <div className={oneLine ? classes.oneLine : classes.editor}>{editor}</div>
}
