import { describe, expect, it } from 'vitest'
import { chooseOption } from './chooseOption.ts'
import { PROFILES, type Quality } from './profiles.ts'
import { aFact, readDocument } from './reading.ts'
import { ROOT, type Slot } from './slot.ts'

const frontier = PROFILES.get('simulated-frontier')?.quality as Quality

function choose(text: string, values: readonly string[], slot: Partial<Slot> = {}): unknown {
  const material = { reading: readDocument(text), members: [], task: '', quality: frontier, dice: () => 0.5 }
  return chooseOption(
    { ...ROOT, ...slot },
    values.map((value) => ({ value, gloss: '' })),
    material,
  )
}

describe('chooseOption', () => {
  it('knows common ideas by the words that people use for them', () => {
    const values = ['billing', 'bug', 'other']
    expect(choose('You charged my credit card twice, I want a refund.', values)).toBe('billing')
    expect(choose('Since the update the screen freezes and the app crashes.', values)).toBe('bug')
    expect(choose('Es wurde doppelt abgebucht, bitte um Erstattung.', values)).toBe('billing')
    expect(choose('Nice weather in Bergen.', values)).toBe('other')
  })

  it('follows what the description says of each value', () => {
    const description = 'red: goods that burn, such as paint; blue: goods that must stay cold, such as milk'
    expect(choose('Twelve cans of paint for the harbour office.', ['blue', 'red'], { description })).toBe('red')
  })

  it('compares a number in the text with the ranges of the description', () => {
    const description = 'By number of employees. small: under 50; medium: 50 to 249; large: 250 or more'
    const values = ['small', 'medium', 'large']
    expect(choose('The company has 310 employees.', values, { description })).toBe('large')
    expect(choose('The company has 49 employees.', values, { description })).toBe('small')
  })

  it('recognises languages', () => {
    expect(
      choose('Wo ist mein Paket? Ich warte schon seit einer Woche.', ['en', 'de', 'es'], { name: 'language' }),
    ).toBe('de')
  })

  it('believes what the text itself labels', () => {
    const reading = readDocument('Please look at this.', [aFact('priority', 'low')])
    const options = ['high', 'low'].map((value) => ({ value, gloss: '' }))
    expect(
      chooseOption({ ...ROOT, name: 'priority' }, options, {
        reading,
        members: [],
        task: '',
        quality: frontier,
        dice: () => 0.5,
      }),
    ).toBe('low')
  })
})
