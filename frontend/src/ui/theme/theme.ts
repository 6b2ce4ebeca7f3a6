import { createTheme, type CSSVariablesResolver } from '@mantine/core';
import { ai, amber, dark, gray, green, mallHues, red, series } from './colors';

const fontFamily =
  '"Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic UI", "Yu Gothic", Meiryo, system-ui, sans-serif';

/** The head of a dialog is a header element, which readers would take for the page's own. */
const headOfDialog = { header: { role: 'none' } };

/** Every colour, size, radius, shadow and motion of the application. Features use its tokens, never values of their own. */
export const theme = createTheme({
  colors: { ai, gray, dark, green, yellow: amber, red },
  primaryColor: 'ai',
  primaryShade: { light: 7, dark: 6 },
  white: '#ffffff',
  black: gray[9],
  fontFamily,
  fontFamilyMonospace: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, "Noto Sans Mono CJK JP", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.65', lg: '1.6', xl: '1.5' },
  headings: {
    fontFamily,
    fontWeight: '700',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.5' },
      h2: { fontSize: '1rem', lineHeight: '1.5' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.5' },
      h4: { fontSize: '0.875rem', lineHeight: '1.5' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  shadows: {
    xs: 'none',
    sm: '0 1px 2px rgb(27 33 43 / 8%)',
    md: '0 6px 20px rgb(27 33 43 / 14%)',
    lg: '0 6px 20px rgb(27 33 43 / 14%)',
    xl: '0 6px 20px rgb(27 33 43 / 14%)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  activeClassName: '',
  // By name, not by `Component.extend`: an import here would put every component into the first page's script.
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 32 } },
    Anchor: { defaultProps: { underline: 'hover' } },
    Badge: {
      defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500, size: 'md' },
      // A badge says its word whole, also in a column that takes no more room than its cells.
      styles: { root: { minWidth: 'max-content' } },
      vars: (_theme: unknown, props: { size?: string }) =>
        props.size === 'lg' || props.size === 'xl' ? {} : { root: { '--badge-fz': 'var(--mantine-font-size-xs)' } },
    },
    Button: { defaultProps: { size: 'sm', fw: 600 } },
    Checkbox: { defaultProps: { size: 'sm' } },
    Drawer: {
      defaultProps: { transitionProps: { duration: 150, timingFunction: 'ease-out' }, attributes: headOfDialog },
      styles: { header: { gap: '0.75rem' }, title: { fontWeight: 700, lineHeight: 1.4 } },
    },
    Kbd: { styles: { root: { fontSize: 'var(--mantine-font-size-xs)' } } },
    InputWrapper: { styles: { label: { marginBottom: '0.25rem' }, description: { marginBottom: '0.375rem', lineHeight: 1.5 } } },
    // The placeholder that Mantine would focus first is no item of a menu, and readers stumble over it.
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 }, withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: { shadow: 'md', centered: true, transitionProps: { duration: 150, timingFunction: 'ease-out' }, attributes: headOfDialog },
      styles: { header: { gap: '0.75rem' }, title: { fontWeight: 700, lineHeight: 1.4 } },
    },
    NumberInput: { defaultProps: { thousandSeparator: ',' } },
    SegmentedControl: { styles: { root: { background: 'var(--mg-hover)' } } },
    Select: { defaultProps: { allowDeselect: false, checkIconPosition: 'right' } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Table: { defaultProps: { verticalSpacing: 'xs', horizontalSpacing: 'sm' } },
    Tabs: { defaultProps: { keepMounted: false, color: 'var(--mg-accent)' } },
    Textarea: { defaultProps: { autosize: true, minRows: 3 } },
    Tooltip: { defaultProps: { multiline: true, maw: 320, openDelay: 200, withArrow: true } },
  },
});

const pick = (at: 0 | 1) => ({
  ...Object.fromEntries(Object.entries(mallHues).map(([mall, hue]) => [`--mg-mall-${mall}`, hue[at]])),
  ...Object.fromEntries(Object.entries(series).map(([n, hue]) => [`--mg-series-${n}`, hue[at]])),
});

/** The soft fill of badges and notices, with a text that reads on it. */
const softened = (color: string, ground: string, text: string) => ({
  [`--mantine-color-${color}-light`]: ground,
  [`--mantine-color-${color}-light-hover`]: ground,
  [`--mantine-color-${color}-light-color`]: text,
});

/** The product's own variables beside Mantine's; `--mg-*` is what CSS modules may use. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--mg-motion': '150ms ease-out',
    '--mg-nav-width': '14.5rem',
    '--mg-nav-rail': '3.75rem',
    '--mg-header': '3.25rem',
    '--mg-page': '80rem',
    // The height of the toasts that are shown, at the foot of the screen.
    '--mg-toasts': '0px',
  },
  light: {
    ...pick(0),
    '--mg-ground': '#fbfbfc',
    '--mg-surface': '#ffffff',
    '--mg-sunken': gray[0],
    '--mg-hover': gray[1],
    '--mg-hairline': gray[2],
    '--mg-accent': ai[7],
    '--mg-accent-soft': ai[0],
    '--mg-good': green[7],
    '--mg-warn': amber[7],
    '--mg-bad': red[7],
    '--mg-on-mark': '#ffffff',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-anchor': ai[7],
    '--mantine-color-default-border': gray[3],
    '--mantine-color-error': red[7],
    '--mantine-color-ai-light-color': ai[7],
    '--mantine-color-gray-light-color': gray[7],
    '--mantine-color-green-light-color': green[7],
    '--mantine-color-yellow-light-color': amber[8],
    '--mantine-color-red-light-color': red[7],
  },
  dark: {
    ...pick(1),
    '--mg-ground': dark[8],
    '--mg-surface': dark[7],
    '--mg-sunken': dark[8],
    '--mg-hover': dark[6],
    '--mg-hairline': dark[5],
    '--mg-accent': ai[3],
    '--mg-accent-soft': '#1f2a41',
    '--mg-good': green[3],
    '--mg-warn': amber[3],
    '--mg-bad': red[3],
    '--mg-on-mark': dark[9],
    '--mantine-color-body': dark[7],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-anchor': ai[3],
    '--mantine-color-default-border': dark[4],
    '--mantine-color-error': red[3],
    ...softened('ai', '#1f2a41', ai[2]),
    ...softened('gray', dark[6], dark[0]),
    ...softened('green', '#182b22', green[2]),
    ...softened('yellow', '#30280f', amber[2]),
    ...softened('red', '#361f1e', red[2]),
  },
});
