import { type ReactNode, useId } from 'react'
import classes from './FieldFrame.module.css'
import { RichText } from './RichText.tsx'

interface FieldFrameProps {
  readonly label: string
  /** false: it stands above already, and is only said. Default true. */
  readonly withLabel?: boolean
  readonly help?: string | undefined
  readonly problem?: string | null
  /** At the right end of the label's line: a choice of views. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** Label, help and problem around a control that is no single input. */
export function FieldFrame({ label, withLabel = true, help, problem = null, aside, children }: FieldFrameProps) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset lays its legend out in a way that cannot hold a second control
    <div role="group" {...(withLabel ? { 'aria-labelledby': id } : { 'aria-label': label })}>
      {(withLabel || aside !== undefined) && (
        <div className={classes.labelRow}>
          {withLabel && (
            <span id={id} className={classes.label}>
              {label}
            </span>
          )}
          {aside}
        </div>
      )}
      {children}
      {problem !== null && (
        <p className={classes.problem}>
          <RichText text={problem} />
        </p>
      )}
      {help !== undefined && (
        <p className={classes.help}>
          <RichText text={help} />
        </p>
      )}
    </div>
  )
}
