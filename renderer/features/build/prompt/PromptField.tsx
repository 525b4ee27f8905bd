import { SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { asText } from '../inspector/chainDraft.ts'
import { type FieldPath, useField } from '../inspector/useField.ts'
import classes from './prompt.module.css'
import { RenderedPrompt } from './RenderedPrompt.tsx'
import { TemplateEditor } from './TemplateEditor.tsx'
import { useRendered } from './useRendered.ts'

interface PromptFieldProps {
  readonly path: FieldPath
  readonly stage: string
  readonly label: string
  readonly help?: string | undefined
  readonly placeholder: string
}

/** A prompt as it is written, or as the first item would fill it in. */
export function PromptField({ path, stage, label, help, placeholder }: PromptFieldProps) {
  const field = useField(path, label)
  const [view, setView] = useState<'written' | 'rendered'>('written')
  const text = asText(field.value)
  const rendered = useRendered(text)
  // A name that is just being typed is not known yet: what is wrong shows when the typing rests.
  const [rested] = useDebouncedValue(field.problem, 700)
  return (
    <FieldFrame
      label={label}
      help={help}
      problem={field.problem === null ? null : rested}
      aside={
        <SegmentedControl
          aria-label={`View of ${label}`}
          value={view}
          onChange={(next) => setView(next === 'rendered' ? 'rendered' : 'written')}
          data={[
            { value: 'written', label: 'Write' },
            { value: 'rendered', label: 'Rendered' },
          ]}
        />
      }
    >
      {view === 'written' ? (
        <TemplateEditor
          path={path}
          stage={stage}
          label={label}
          placeholder={placeholder}
          value={text}
          onChange={(next) => field.set(next === '' ? undefined : next)}
        />
      ) : (
        <RenderedPrompt rendered={rendered} />
      )}
      <div className={classes.count}>{rendered.tokens}</div>
    </FieldFrame>
  )
}
