import { stripVTControlCharacters } from 'node:util'

// All control characters but tab and line feed.
const CONTROL = /[^\P{Cc}\t\n]/gu

/** Text from items and models as it may be shown in a terminal: it cannot move the cursor or change a colour. */
export function terminalText(text: string): string {
  return stripVTControlCharacters(text).replace(CONTROL, '')
}

/** The same on one line, cut to `length` characters. */
export function oneLine(text: string, length: number): string {
  const characters = [...terminalText(text).replace(/\s+/g, ' ').trim()]
  return characters.length <= length ? characters.join('') : `${characters.slice(0, Math.max(0, length - 1)).join('')}…`
}

/** Every line moved to the right. */
export function indent(text: string, spaces: number): string {
  const margin = ' '.repeat(spaces)
  return text
    .split('\n')
    .map((line) => (line === '' ? line : margin + line))
    .join('\n')
}
