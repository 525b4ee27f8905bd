import { yaml } from '@codemirror/lang-yaml'
import { syntaxHighlighting } from '@codemirror/language'
import { MergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { editorHighlight, editorTheme } from './codeTheme.ts'
import classes from './TextDiff.module.css'

interface TextDiffProps {
  readonly before: string
  readonly after: string
  readonly label: string
}

/** Two YAML texts beside each other, line by line, with what was taken out on the left and what came in on the right. */
export function TextDiff({ before, after, label }: TextDiffProps) {
  const parent = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (parent.current === null) return
    const side = (doc: string, name: string) => ({
      doc,
      extensions: [
        lineNumbers(),
        yaml(),
        syntaxHighlighting(editorHighlight),
        EditorView.lineWrapping,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        // Not editable, it could not be reached by keys otherwise.
        EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0' }),
        editorTheme,
      ],
    })
    const view = new MergeView({
      parent: parent.current,
      a: side(before, `${label}: before`),
      b: side(after, `${label}: after`),
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
    })
    return () => view.destroy()
  }, [before, after, label])

  return <div ref={parent} className={classes.root} />
}
