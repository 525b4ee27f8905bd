import { type ReactNode, useId } from 'react'
import { RichText } from '../../../ui/RichText.tsx'
import classes from './inspector.module.css'

interface FieldFrameProps {
  readonly label: string
  readonly help?: string | undefined
  readonly problem?: string | null
  /** At the right end of the label's line: a choice of views. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** Label, help and problem around a control that is no Mantine input. */
export function FieldFrame({ label, help, problem = null, aside, children }: FieldFrameProps) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset lays its legend out in a way that cannot hold a second control
    <div role="group" aria-labelledby={id}>
      <div className={classes.labelRow}>
        <span id={id} className={classes.label}>
          {label}
        </span>
        {aside}
      </div>
      {children}
      {problem !== null && (
        <p className={classes.error}>
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
