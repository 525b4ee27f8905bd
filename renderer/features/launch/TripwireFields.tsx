import { Checkbox, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { DEFAULT_TRIPWIRES, type TripwireName, type Tripwires } from '../../../shared/tripwires.ts'
import { Folded } from '../../ui/trace/Folded.tsx'
import classes from './LaunchScreen.module.css'
import { TRIPWIRE_TEXTS, type TripwireText } from './tripwireTexts.ts'

interface TripwireFieldsProps {
  /** Only what differs from the defaults. */
  readonly value: Tripwires
  readonly onChange: (value: Tripwires) => void
}

/** What pauses the run by itself, each to be changed or switched off. */
export function TripwireFields({ value, onChange }: TripwireFieldsProps) {
  return (
    <Folded title={titleOf(value)}>
      <p className={classes.hint}>
        At these the run pauses by itself and shows the items that made it, so that something wrong costs little. It can
        go on from there.
      </p>
      {TRIPWIRE_TEXTS.map((text) => (
        <Tripwire
          key={text.wire}
          text={text}
          value={value[text.wire]}
          onChange={(next) => onChange(withWire(value, text.wire, next))}
        />
      ))}
    </Folded>
  )
}

interface TripwireProps {
  readonly text: TripwireText
  /** null: off; left out: as usual. */
  readonly value: number | null | undefined
  readonly onChange: (value: number | null) => void
}

function Tripwire({ text: { wire, label, field, suffix, scale, min, max, isWhole }, value, onChange }: TripwireProps) {
  const usual = DEFAULT_TRIPWIRES[wire]
  /** Also what is no right number (yet); null: as kept. */
  const [typed, setTyped] = useState<number | string | null>(null)
  const kept = Math.round((value ?? usual) * scale * 100) / 100
  return (
    <div className={classes.wire}>
      <Checkbox
        size="xs"
        label={label}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? usual : null)}
      />
      <NumberInput
        aria-label={field}
        size="xs"
        hideControls
        allowNegative={false}
        allowDecimal={!isWhole}
        min={min}
        max={max}
        suffix={suffix}
        disabled={value === null}
        value={typed ?? kept}
        onChange={(next) => {
          setTyped(next)
          if (typeof next === 'number' && next >= min && next <= max) onChange(next / scale)
        }}
        onBlur={() => setTyped(null)}
      />
    </div>
  )
}

/** Back to the usual number is no difference. */
function withWire(value: Tripwires, wire: TripwireName, next: number | null): Tripwires {
  const { [wire]: _, ...others } = value
  return next === DEFAULT_TRIPWIRES[wire] ? others : { ...others, [wire]: next }
}

function titleOf(value: Tripwires): string {
  const off = Object.values(value).filter((number) => number === null).length
  const changed = Object.keys(value).length - off
  const parts = [off > 0 ? `${off} off` : null, changed > 0 ? `${changed} changed` : null].filter(
    (part) => part !== null,
  )
  return parts.length === 0 ? 'Tripwires' : `Tripwires (${parts.join(', ')})`
}
