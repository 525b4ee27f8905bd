import {
  ActionIcon,
  Alert,
  Anchor,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  darken,
  defaultVariantColorsResolver,
  Input,
  InputWrapper,
  lighten,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  rem,
  ScrollArea,
  SegmentedControl,
  Select,
  Tabs,
  Tooltip,
} from '@mantine/core'
import classes from './components.module.css'
import { cssVariables } from './cssVariables.ts'
import { DARK, DARK_SHADES, GRAY_SHADES, LIGHT } from './tokens.ts'

/** Ten shades around a colour, its light-scheme value at 6 and its dark-scheme value at 4, where `primaryShade` looks. */
function shades(light: string, dark: string): MantineColorsTuple {
  const above = [0.94, 0.86, 0.7, 0.5].map((amount) => lighten(light, amount)) as [string, string, string, string]
  const below = [0.12, 0.26, 0.4].map((amount) => darken(light, amount)) as [string, string, string]
  return [...above, dark, lighten(light, 0.14), light, ...below]
}

const CONTROL_HEIGHTS: Record<string, string> = { xs: rem(24), sm: rem(28), md: rem(32), lg: rem(40) }
const height = (size: unknown): string => CONTROL_HEIGHTS[String(size ?? 'sm')] ?? String(CONTROL_HEIGHTS.sm)

const quick = { transition: 'fade', duration: 120 } as const

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: {
    gray: [...GRAY_SHADES],
    dark: [...DARK_SHADES],
    accent: shades(LIGHT.accent, DARK.accent),
    red: shades(LIGHT.states.failed, DARK.stateTexts.failed),
    green: shades(LIGHT.states.succeeded, DARK.states.succeeded),
    yellow: shades(LIGHT.states.retrying, DARK.states.retrying),
  },
  white: LIGHT.panel,
  black: LIGHT.text,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: rem(11), sm: rem(12), md: rem(13), lg: rem(15), xl: rem(18) },
  lineHeights: { xs: '1.45', sm: '1.35', md: '1.54', lg: '1.6', xl: '1.34' },
  spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  radius: { xs: rem(4), sm: rem(6), md: rem(6), lg: rem(8), xl: rem(12) },
  shadows: { xs: 'none', sm: 'none', md: 'var(--shadow)', lg: 'var(--shadow)', xl: 'var(--shadow)' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: rem(24), lineHeight: rem(32) },
      h2: { fontSize: rem(18), lineHeight: rem(24) },
      h3: { fontSize: rem(15), lineHeight: rem(24) },
      h4: { fontSize: rem(13), lineHeight: rem(20) },
      h5: { fontSize: rem(12), lineHeight: rem(16) },
      h6: { fontSize: rem(11), lineHeight: rem(16) },
    },
  },
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input)
    const isPrimary = input.variant === 'filled' && (input.color === undefined || input.color === 'accent')
    return isPrimary ? { ...colors, color: 'var(--accent-text)' } : colors
  },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', variant: 'default' },
      classNames: { root: classes.button ?? '' },
      vars: (_theme, { size }) => ({
        root: {
          '--button-height': height(size),
          '--button-padding-x': rem(size === 'xs' ? 8 : 12),
          '--button-fz': rem(size === 'xs' ? 12 : 13),
        },
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { size: 'sm', variant: 'subtle', color: 'gray' },
      classNames: { root: classes.actionIcon ?? '' },
      vars: (_theme, { size }) =>
        size === undefined || String(size) in CONTROL_HEIGHTS ? { root: { '--ai-size': height(size) } } : { root: {} },
    }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      vars: (_theme, { size }) => ({
        wrapper: { '--input-height': height(size), '--input-fz': rem(13), '--input-bd': 'var(--line)' },
      }),
    }),
    InputWrapper: InputWrapper.extend({
      classNames: { label: classes.label ?? '', description: classes.description ?? '' },
    }),
    Select: Select.extend({
      defaultProps: { comboboxProps: { transitionProps: quick, shadow: 'md' }, checkIconPosition: 'right' },
    }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'xs' },
      classNames: { root: classes.segmented ?? '', indicator: classes.segmentedIndicator ?? '' },
      vars: (_theme, { size }) => ({
        root: {
          '--sc-padding': size === undefined || size === 'xs' ? `${rem(1)} ${rem(8)}` : `${rem(3)} ${rem(10)}`,
          '--sc-font-size': size === undefined || size === 'xs' ? rem(11) : rem(12),
        },
      }),
    }),
    Tabs: Tabs.extend({ classNames: { tab: classes.tab ?? '' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, transitionProps: quick, multiline: true, maw: 320, withArrow: false },
      classNames: { tooltip: classes.tooltip ?? '' },
    }),
    Menu: Menu.extend({ defaultProps: { transitionProps: quick, shadow: 'md', position: 'bottom-start' } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: quick, shadow: 'md' } }),
    Modal: Modal.extend({
      defaultProps: {
        transitionProps: quick,
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    }),
    // It is a `header`, which beside the window's own would be a second banner.
    ModalHeader: Modal.Header.extend({ defaultProps: { role: 'presentation' } }),
    Drawer: Drawer.extend({
      defaultProps: {
        position: 'right',
        overlayProps: { backgroundOpacity: 0.2 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    }),
    Alert: Alert.extend({ classNames: { root: classes.alert ?? '' } }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'hover' } }),
    ScrollArea: ScrollArea.extend({ defaultProps: { scrollbarSize: 8, type: 'auto' } }),
  },
})

export const cssVariablesResolver: CSSVariablesResolver = () => {
  const { variables, light, dark } = cssVariables()
  return { variables, light, dark }
}
