import { NumberInput } from '@mantine/core'
import { useState } from 'react'

interface BudgetFieldProps {
  readonly label: string
  readonly description: string
  /** As it is saved; null: none. */
  readonly usd: number | null
  /** false: it could not be saved; what was typed stays. */
  readonly onSave: (usd: number | null) => Promise<boolean>
}

/** An amount that is saved when the field is left, or with Enter; Escape takes back what was typed. */
export function BudgetField({ label, description, usd, onSave }: BudgetFieldProps) {
  /** null: as saved. */
  const [typed, setTyped] = useState<number | string | null>(null)
  const value = typed ?? usd ?? ''
  const isWrong = typeof value === 'number' ? value <= 0 : value !== ''

  async function save(): Promise<void> {
    if (typed === null || isWrong) return
    const next = typeof typed === 'number' ? typed : null
    if (next === usd || (await onSave(next))) setTyped(null)
  }
  return (
    <NumberInput
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      prefix="$"
      placeholder="none"
      allowNegative={false}
      decimalScale={4}
      thousandSeparator=","
      hideControls
      clampBehavior="none"
      value={value}
      error={isWrong ? 'More than $0, or empty for none.' : undefined}
      onChange={setTyped}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void save()
        if (event.key === 'Escape') setTyped(null)
      }}
    />
  )
}
