import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldGutter, foldKeymap, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  placeholder as placeholderText,
} from '@codemirror/view'
import { useEffect, useRef } from 'react'
import classes from './CodeEditor.module.css'
import { changedRange } from './changedRange.ts'
import { editorHighlight, editorTheme } from './codeTheme.ts'

interface CodeEditorProps {
  readonly value: string
  /** Left out: nothing can be typed. */
  readonly onChange?: (value: string) => void
  readonly language: 'yaml' | 'text' | 'json'
  /** Completion, lint and keys of its place. Keep the array's identity: a new one sets the editor up anew. */
  readonly extensions?: readonly Extension[]
  readonly readOnly?: boolean
  /** A CSS height; without one it grows with its text. */
  readonly height?: string
  readonly label: string
  readonly placeholder?: string
  readonly withLineNumbers?: boolean
  /** false: undo and redo belong to somebody else, such as the chain's own history. */
  readonly withHistory?: boolean
  readonly autoFocus?: boolean
}

const NO_EXTENSIONS: readonly Extension[] = []
/** Marks what came from outside, so that it is not reported back as typing. */
const fromOutside = Annotation.define<true>()

/** A text editor for prompts and documents. Tab indents; Escape, then Tab leaves it. */
export function CodeEditor(props: CodeEditorProps) {
  const { value, language, label, extensions = NO_EXTENSIONS, readOnly = false, placeholder = '' } = props
  const { withLineNumbers = language === 'yaml', withHistory = true, autoFocus = false } = props
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const changing = useRef(new Compartment())
  const isEditable = !readOnly && props.onChange !== undefined
  /** What a new editor begins with; none is made because one of these changed. */
  const latest = useRef({ value, extensions, isEditable, onChange: props.onChange })

  useEffect(() => {
    latest.current = { value, extensions, isEditable, onChange: props.onChange }
  })

  useEffect(() => {
    if (parent.current === null) return
    const created = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          changing.current.of(changeable(latest.current)),
          withLineNumbers ? [lineNumbers(), foldGutter(), highlightActiveLine()] : [],
          withHistory ? [history(), keymap.of(historyKeymap)] : [],
          language === 'text' ? [] : yaml(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          highlightSelectionMatches(),
          indentUnit.of('  '),
          EditorState.tabSize.of(2),
          EditorView.lineWrapping,
          placeholder === '' ? [] : placeholderText(placeholder),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          editorTheme,
          syntaxHighlighting(editorHighlight),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...foldKeymap]),
          keymap.of([...defaultKeymap, indentWithTab]),
          EditorView.updateListener.of((update) => {
            const isOurs = update.transactions.some((transaction) => transaction.annotation(fromOutside) === true)
            if (update.docChanged && !isOurs) latest.current.onChange?.(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = created
    if (autoFocus) created.focus()
    return () => {
      view.current = null
      created.destroy()
    }
  }, [language, label, placeholder, withLineNumbers, withHistory, autoFocus])

  useEffect(() => {
    view.current?.dispatch({ effects: changing.current.reconfigure(changeable({ extensions, isEditable })) })
  }, [extensions, isEditable])

  useEffect(() => {
    const current = view.current?.state.doc.toString()
    if (current === undefined || current === value) return
    // Only what differs is replaced, so that the cursor and the scroll position stay where they were.
    view.current?.dispatch({ changes: changedRange(current, value), annotations: fromOutside.of(true) })
  }, [value])

  const style = props.height === undefined ? undefined : { height: props.height }
  return <div ref={parent} className={classes.root} data-fills={props.height !== undefined} style={style} />
}

function changeable(now: { readonly extensions: readonly Extension[]; readonly isEditable: boolean }): Extension {
  return [...now.extensions, now.isEditable ? [] : [EditorState.readOnly.of(true), EditorView.editable.of(false)]]
}
