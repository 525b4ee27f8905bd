import { CELL_STATES } from '../../../shared/cell.ts'

/** The theme's colours as the canvas needs them, by state code. */
export interface GridPalette {
  readonly fill: readonly string[]
  /** For states that the filter leaves out. */
  readonly dimmed: readonly string[]
  /** Of the glyph on the fill. */
  readonly ink: readonly string[]
  readonly surface: string
  readonly text: string
  readonly quiet: string
  readonly line: string
  readonly accent: string
  readonly font: string
}

type Rgb = readonly [red: number, green: number, blue: number]

const DIMMED_SHARE = 0.16
const LIGHT_INK: Rgb = [255, 255, 255]
const DARK_INK: Rgb = [16, 18, 22]

/** Reads the CSS variables that hold at an element; to be read again when the theme changes. */
export function readPalette(element: Element): GridPalette {
  const style = getComputedStyle(element)
  const variable = (name: string): string => style.getPropertyValue(name).trim()
  const surface = parseHex(variable('--panel'))
  const fills = CELL_STATES.map((state) => parseHex(variable(`--state-${state}`)))
  return {
    fill: fills.map(css),
    dimmed: fills.map((fill) => css(mix(fill, surface, DIMMED_SHARE))),
    ink: fills.map((fill, state) => css(state === 0 ? mix(inkOn(fill), fill, 0.35) : inkOn(fill))),
    surface: css(surface),
    text: variable('--text'),
    quiet: variable('--quiet'),
    line: variable('--line'),
    accent: variable('--accent'),
    font: style.fontFamily,
  }
}

/** `#1b1f27` or `#fff`; black where it is neither, so that a missing variable is seen at once. */
function parseHex(text: string): Rgb {
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text)
  if (long !== null) return [hex(long[1]), hex(long[2]), hex(long[3])]
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text)
  return short === null ? [0, 0, 0] : [hex(short[1]) * 17, hex(short[2]) * 17, hex(short[3]) * 17]
}

function hex(digits: string | undefined): number {
  return Number.parseInt(digits ?? '0', 16)
}

function css([red, green, blue]: Rgb): string {
  return `rgb(${Math.round(red)} ${Math.round(green)} ${Math.round(blue)})`
}

function mix(a: Rgb, b: Rgb, shareOfA: number): Rgb {
  const channel = (index: 0 | 1 | 2): number => a[index] * shareOfA + b[index] * (1 - shareOfA)
  return [channel(0), channel(1), channel(2)]
}

/** White or near black, whichever is easier to read on the fill. */
function inkOn(fill: Rgb): Rgb {
  return contrast(fill, LIGHT_INK) * 1.6 >= contrast(fill, DARK_INK) ? LIGHT_INK : DARK_INK
}

function contrast(a: Rgb, b: Rgb): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

/** WCAG relative luminance. */
function luminance(color: Rgb): number {
  const channel = (index: 0 | 1 | 2): number => {
    const value = color[index] / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
}
