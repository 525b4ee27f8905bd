import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'

interface NameInputProps {
  readonly value: string
  /** Names that are not free; `value` may be among them. */
  readonly taken: readonly string[]
  readonly label: string
  /** What else is wrong with a name; null: nothing. */
  readonly problemOf?: (name: string) => string | null
  readonly onRename: (name: string) => void
  /** Shown above it; without it the label is for screen readers only. */
  readonly withLabel?: boolean
  readonly fieldProps?: Readonly<Record<`data-${string}`, string>>
}

/** A name that takes effect when it is finished (Enter, or leaving the field), and only if it is a good one. Escape puts the old one back. */
export function NameInput({
  value,
  taken,
  label,
  problemOf,
  onRename,
  withLabel = false,
  fieldProps = {},
}: NameInputProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const name = (draft ?? value).trim()
  const problem = name === value ? null : nameProblem(name)

  function nameProblem(text: string): string | null {
    const found = problemOf?.(text) ?? null
    if (found !== null) return found
    if (text === '') return 'A name is missing.'
    return taken.includes(text) ? `There is a \`${text}\` already.`.replaceAll('`', '“') : null
  }

  function finish(): void {
    if (draft !== null && problem === null && name !== value) onRename(name)
    setDraft(null)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter' && problem === null) {
      finish()
      event.currentTarget.blur()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      setDraft(null)
    }
  }

  return (
    <TextInput
      {...(withLabel ? { label } : { 'aria-label': label })}
      {...fieldProps}
      styles={{ input: { fontFamily: 'var(--mono)', fontSize: 'var(--size-small)' } }}
      value={draft ?? value}
      error={problem}
      spellCheck={false}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={onKeyDown}
    />
  )
}
