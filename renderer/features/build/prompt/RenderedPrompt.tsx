import { createElement, Fragment } from 'react'
import { assertNever } from '../../../../shared/assertNever.ts'
import classes from './prompt.module.css'
import type { RenderedPart } from './renderTemplate.ts'
import type { Rendered } from './useRendered.ts'

/** The text as the first item fills it in; what other stages have yet to answer stands as a named gap. */
export function RenderedPrompt({ rendered }: { readonly rendered: Rendered }) {
  const { parts, item } = rendered
  // Parts have no identity beyond their place, and as children of their own they need no keys.
  return (
    <div className={classes.rendered}>
      <div className={classes.of}>{item === null ? 'No item could be read: choose a source.' : item}</div>
      {createElement(Fragment, null, ...parts.map(renderPart))}
      {parts.length === 0 && <span className={classes.of}>Nothing is written yet.</span>}
    </div>
  )
}

function renderPart(part: RenderedPart) {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'value':
      return part.text === '' ? (
        <span className={classes.gap} title={part.source}>
          empty
        </span>
      ) : (
        <span className={classes.value} title={part.source}>
          {part.text}
        </span>
      )
    case 'placeholder':
      return <span className={classes.gap}>{part.source}</span>
    case 'error':
      return (
        <span className={classes.broken} title={part.message}>
          {part.source}
        </span>
      )
    default:
      return assertNever(part)
  }
}
