import { IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './inspector.module.css'

interface SectionProps {
  readonly title: string
  /** What is set in there, while it is folded. */
  readonly summary?: string
  readonly startsOpen?: boolean
  readonly children: ReactNode
}

/** A group of fields that can be folded away. */
export function Section({ title, summary = '', startsOpen = false, children }: SectionProps) {
  return (
    <details className={classes.section} open={startsOpen}>
      <summary className={classes.summary}>
        <IconChevronRight size={14} stroke={1.5} className={classes.chevron} aria-hidden />
        <span className={classes.sectionTitle}>{title}</span>
        <span className={classes.sectionSays}>{summary}</span>
      </summary>
      <div className={classes.fields}>{children}</div>
    </details>
  )
}
