import type { TripwireName } from '../../../shared/tripwires.ts'

/** A tripwire's number as a person sets it. */
export interface TripwireText {
  readonly wire: TripwireName
  readonly label: string
  /** Of the field with its number. */
  readonly field: string
  readonly suffix: string
  /** By how much what is shown is larger than what is kept: 100 for a share in percent. */
  readonly scale: number
  readonly min: number
  readonly max: number
  readonly isWhole: boolean
}

export const TRIPWIRE_TEXTS: readonly TripwireText[] = [
  {
    wire: 'errorShare',
    label: 'Failed of the last 100 items',
    field: 'Share of failed items',
    suffix: ' %',
    scale: 100,
    min: 1,
    max: 100,
    isWhole: true,
  },
  {
    wire: 'sameError',
    label: 'Failures in a row for the same cause',
    field: 'Number of failures',
    suffix: '',
    scale: 1,
    min: 2,
    max: 1000,
    isWhole: true,
  },
  {
    wire: 'invalidShare',
    label: 'Invalid of the last 100 answers',
    field: 'Share of invalid answers',
    suffix: ' %',
    scale: 100,
    min: 1,
    max: 100,
    isWhole: true,
  },
  {
    wire: 'costFactor',
    label: 'Times the expected cost of an item',
    field: 'Times the cost',
    suffix: '',
    scale: 1,
    min: 1.1,
    max: 100,
    isWhole: false,
  },
]
