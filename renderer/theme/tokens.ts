import type { CellState } from '../../shared/cell.ts'

/**
 * Every colour of the window, once for each scheme. theme.ts makes CSS variables of them: `--panel`, `--quiet`,
 * `--state-failed`, `--state-failed-text`, `--tier-local`, … Nothing else in the renderer names a colour.
 */
export interface ColourTokens {
  /** Behind everything. */
  readonly page: string
  readonly panel: string
  /** What floats or can be pressed. */
  readonly raised: string
  /** Under the pointer. */
  readonly hover: string
  readonly line: string
  readonly text: string
  /** Second-rank text; still 4.5 : 1 on every surface. */
  readonly quiet: string
  /** The primary action, selection and focus; nothing else. */
  readonly accent: string
  readonly accentText: string
  readonly accentSoft: string
  /** The one shadow, of what floats. */
  readonly shadow: string
  /** Flat fills of cells and bars: every pair differs by 22 ΔE or more, also for colour-blind eyes. */
  readonly states: Readonly<Record<CellState, string>>
  /** The same states as text and glyphs, 4.5 : 1 on every surface. */
  readonly stateTexts: Readonly<Record<CellState, string>>
  /** Keys, strings and plain values in code, 4.5 : 1 on a panel. */
  readonly code: { readonly key: string; readonly string: string; readonly number: string }
  /** Tints of tier badges; a tier never has a state's colour. */
  readonly tiers: {
    readonly local: string
    readonly standard: string
    readonly frontier: string
    readonly other: string
  }
}

export const LIGHT: ColourTokens = {
  page: '#f7f8fa',
  panel: '#ffffff',
  raised: '#ffffff',
  hover: '#eff1f5',
  line: '#e3e6eb',
  text: '#1b1f27',
  quiet: '#5b6474',
  accent: '#4a3fc6',
  accentText: '#ffffff',
  accentSoft: '#edecfa',
  shadow: '0 1px 2px rgb(27 31 39 / 6%), 0 8px 24px rgb(27 31 39 / 12%)',
  states: {
    waiting: '#dee0e5',
    running: '#1345c8',
    retrying: '#dea10e',
    succeeded: '#178b54',
    remembered: '#61de98',
    failed: '#b61921',
    skipped: '#7a8093',
    held: '#451f57',
    cancelled: '#540018',
  },
  stateTexts: {
    waiting: '#5b6474',
    running: '#1345c8',
    retrying: '#855d00',
    succeeded: '#0f7446',
    remembered: '#0f7446',
    failed: '#b61921',
    skipped: '#5b6474',
    held: '#451f57',
    cancelled: '#540018',
  },
  code: { key: '#3b4a8c', string: '#0f6a5a', number: '#8a4b08' },
  tiers: { local: '#3f6b7d', standard: '#5a5f8f', frontier: '#7d4f86', other: '#5b6474' },
}

export const DARK: ColourTokens = {
  page: '#101216',
  panel: '#15171c',
  raised: '#1c1f26',
  hover: '#232731',
  line: '#2a2e37',
  text: '#e8eaf0',
  quiet: '#9aa3b5',
  accent: '#8f86ff',
  accentText: '#101216',
  accentSoft: '#25243f',
  shadow: '0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 50%)',
  states: {
    waiting: '#303642',
    running: '#326ef6',
    retrying: '#f5d464',
    succeeded: '#21bd64',
    remembered: '#27603f',
    failed: '#fe221b',
    skipped: '#828ba3',
    held: '#c287e6',
    cancelled: '#ccf0f0',
  },
  stateTexts: {
    waiting: '#9aa3b5',
    running: '#7aa2ff',
    retrying: '#f5d464',
    succeeded: '#3ccf7d',
    remembered: '#5cc98c',
    failed: '#ff6b64',
    skipped: '#9aa3b5',
    held: '#c99aec',
    cancelled: '#ccf0f0',
  },
  code: { key: '#a9b8f5', string: '#8fd3c1', number: '#e5b67e' },
  tiers: { local: '#86b6ca', standard: '#a5abdd', frontier: '#cf9fd8', other: '#9aa3b5' },
}

/** Mantine's neutral shades, in our tone: light ones from page to text, dark ones from text to behind the page. */
export const GRAY_SHADES = [
  '#f7f8fa',
  '#eff1f5',
  '#e3e6eb',
  '#d3d8e0',
  '#bcc3cf',
  '#8b94a5',
  '#5b6474',
  '#434b59',
  '#2e3440',
  '#1b1f27',
] as const
export const DARK_SHADES = [
  '#e8eaf0',
  '#c3c9d6',
  '#9aa3b5',
  '#6b7385',
  '#2a2e37',
  '#232731',
  '#1c1f26',
  '#15171c',
  '#101216',
  '#0b0c0f',
] as const
