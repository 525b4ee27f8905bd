import type { ConvertCSSVariablesInput } from '@mantine/core'
import { CELL_STATES } from '../../shared/cell.ts'
import { type ColourTokens, DARK, LIGHT } from './tokens.ts'

type CssVariables = Record<string, string>

/** The variables that our style sheets use, and Mantine's own where its default is another colour than ours. */
export function cssVariables(): ConvertCSSVariablesInput & { variables: CssVariables } {
  return { variables: MEASURES, light: colourVariables(LIGHT), dark: colourVariables(DARK) }
}

const MEASURES: CssVariables = {
  '--space-1': '4px',
  '--space-2': '8px',
  '--space-3': '12px',
  '--space-4': '16px',
  '--space-6': '24px',
  '--space-8': '32px',
  '--radius': '6px',
  '--radius-card': '8px',
  '--control': '28px',
  '--row': '28px',
  '--font': "'Inter Variable', system-ui, sans-serif",
  '--mono': "'JetBrains Mono Variable', ui-monospace, monospace",
  '--size-tiny': '0.6875rem',
  '--size-small': '0.75rem',
  '--size-base': '0.8125rem',
  '--size-large': '0.9375rem',
  '--size-title': '1.125rem',
  '--size-display': '1.5rem',
  '--fast': '120ms',
}

function colourVariables(tokens: ColourTokens): CssVariables {
  const states = CELL_STATES.flatMap((state) => [
    [`--state-${state}`, tokens.states[state]],
    [`--state-${state}-text`, tokens.stateTexts[state]],
    // As the ground of a notice or a row: the state's colour, hardly there.
    [`--state-${state}-soft`, `color-mix(in srgb, ${tokens.states[state]} 10%, ${tokens.panel})`],
  ])
  const tiers = Object.entries(tokens.tiers).map(([tier, colour]) => [`--tier-${tier}`, colour])
  return {
    ...Object.fromEntries([...states, ...tiers]),
    '--code-key': tokens.code.key,
    '--code-string': tokens.code.string,
    '--code-number': tokens.code.number,
    '--page': tokens.page,
    '--panel': tokens.panel,
    '--raised': tokens.raised,
    '--hover': tokens.hover,
    '--line': tokens.line,
    '--text': tokens.text,
    '--quiet': tokens.quiet,
    '--accent': tokens.accent,
    '--accent-text': tokens.accentText,
    '--accent-soft': tokens.accentSoft,
    '--shadow': tokens.shadow,
    '--mantine-color-body': tokens.panel,
    '--mantine-color-text': tokens.text,
    '--mantine-color-bright': tokens.text,
    '--mantine-color-dimmed': tokens.quiet,
    '--mantine-color-placeholder': tokens.quiet,
    '--mantine-color-error': tokens.stateTexts.failed,
    '--mantine-color-success': tokens.stateTexts.succeeded,
    '--mantine-color-anchor': tokens.accent,
    '--mantine-color-default': tokens.raised,
    '--mantine-color-default-hover': tokens.hover,
    '--mantine-color-default-color': tokens.text,
    '--mantine-color-default-border': tokens.line,
    '--mantine-color-disabled': tokens.hover,
    '--mantine-color-disabled-color': tokens.quiet,
    '--mantine-color-disabled-border': tokens.line,
    '--mantine-primary-color-contrast': tokens.accentText,
    '--mantine-color-accent-filled': tokens.accent,
    // Away from its own text, in both schemes.
    '--mantine-color-accent-filled-hover': `color-mix(in srgb, ${tokens.accent} 88%, ${tokens.text})`,
    '--mantine-color-accent-text': tokens.accent,
    '--mantine-color-accent-outline': tokens.accent,
    '--mantine-color-accent-light': tokens.accentSoft,
    '--mantine-color-accent-light-color': tokens.accent,
    '--mantine-color-red-text': tokens.stateTexts.failed,
    '--mantine-color-red-light': `color-mix(in srgb, ${tokens.states.failed} 10%, ${tokens.panel})`,
    '--mantine-color-red-light-color': tokens.stateTexts.failed,
    '--mantine-color-yellow-light': `color-mix(in srgb, ${tokens.states.retrying} 14%, ${tokens.panel})`,
    '--mantine-color-yellow-light-color': tokens.stateTexts.retrying,
    '--mantine-color-green-light': `color-mix(in srgb, ${tokens.states.succeeded} 10%, ${tokens.panel})`,
    '--mantine-color-green-light-color': tokens.stateTexts.succeeded,
    '--mantine-color-gray-light': tokens.hover,
    '--mantine-color-gray-light-hover': tokens.line,
    '--mantine-color-gray-light-color': tokens.text,
    '--mantine-color-gray-text': tokens.quiet,
    '--mantine-color-gray-outline': tokens.line,
  }
}
