import { type ReactNode, useState } from 'react'
import classes from './Folded.module.css'

interface FoldedProps {
  readonly title: string
  readonly isOpenAtFirst?: boolean
  readonly children: ReactNode
}

/** A part that is there on request. What is folded is not laid out at all. */
export function Folded({ title, isOpenAtFirst = false, children }: FoldedProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  return (
    <details className={classes.root} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.title}>{title}</summary>
      {isOpen && <div className={classes.body}>{children}</div>}
    </details>
  )
}
