const any = () => true

const sizes = ['xs', 'sm', 'base', 'lg', 'xl', '2xl', '3xl', isLength] as const
const lineStyles = ['solid', 'dashed', 'dotted', 'none'] as const
const widths = ['', /* of a line, in px */ isNumber] as const

/**
 * Which of Tailwind's classes set the same property, for the classes that our screens use. tailwind-merge's own list
 * knows all of Tailwind and is a fifth of what our components weigh in a browser. A test holds the two against each other.
 */
export const classGroups = {
  display: [
    'block',
    'inline-block',
    'inline',
    'flex',
    'inline-flex',
    'table',
    'grid',
    'inline-grid',
    'contents',
    'hidden',
  ],
  position: ['static', 'fixed', 'absolute', 'relative', 'sticky'],
  'container-type': [{ '@container': ['', any] }],
  ...every('inset', 'inset-x', 'inset-y', 'start', 'end', 'top', 'right', 'bottom', 'left', 'z', 'basis'),
  'flex-direction': [{ flex: ['row', 'row-reverse', 'col', 'col-reverse'] }],
  'flex-wrap': [{ flex: ['wrap', 'nowrap'] }],
  flex: [{ flex: [any] }],
  shrink: [{ shrink: ['', any] }],
  grow: [{ grow: ['', any] }],
  ...every('grid-cols', 'gap', 'gap-x', 'gap-y', 'justify', 'items', 'self'),
  ...every('p', 'px', 'py', 'ps', 'pe', 'pt', 'pr', 'pb', 'pl', 'm', 'mx', 'my', 'ms', 'me', 'mt', 'mr', 'mb', 'ml'),
  ...every('size', 'w', 'min-w', 'max-w', 'h', 'min-h', 'max-h', 'leading', 'line-clamp', 'tracking'),
  'text-wrap': [{ text: ['wrap', 'nowrap', 'balance', 'pretty'] }],
  'text-alignment': [{ text: ['left', 'center', 'right', 'justify', 'start', 'end'] }],
  'font-size': [{ text: sizes }],
  'text-color': [{ text: [any] }],
  'font-weight': [{ font: ['light', 'normal', 'medium', 'semibold', 'bold'] }],
  'font-family': [{ font: [any] }],
  ...every('underline-offset', 'whitespace', 'overflow-x', 'overflow-y', 'opacity', 'resize', 'select', 'cursor'),
  ...every('pointer-events', 'fill', 'accent', 'animate', 'field-sizing', 'translate', 'translate-x', 'translate-y'),
  break: [{ break: ['normal', 'words', 'all', 'keep'] }],
  'object-fit': [{ object: ['contain', 'cover', 'fill', 'none', 'scale-down'] }],
  overflow: [{ overflow: ['auto', 'hidden', 'clip', 'visible', 'scroll'] }],
  bg: [{ bg: [any] }],
  ...corners('rounded', 'rounded-s', 'rounded-e', 'rounded-t', 'rounded-r', 'rounded-b', 'rounded-l', 'rounded-ss'),
  ...corners('rounded-se', 'rounded-ee', 'rounded-es'),
  ...lines('border', 'border-x', 'border-y', 'border-s', 'border-e', 'border-t', 'border-r', 'border-b', 'border-l'),
  'border-collapse': [{ border: ['collapse', 'separate'] }],
  'border-spacing': [{ 'border-spacing': [any] }],
  'border-style': [{ border: lineStyles }],
  'ring-w': [{ ring: widths }],
  'ring-color': [{ ring: [any] }],
}

/** Classes that a class of another group sets as well. */
export const conflictingClassGroups: Readonly<Record<string, readonly string[]>> = {
  overflow: ['overflow-x', 'overflow-y'],
  inset: ['inset-x', 'inset-y', 'start', 'end', 'top', 'right', 'bottom', 'left'],
  'inset-x': ['start', 'end', 'right', 'left'],
  'inset-y': ['top', 'bottom'],
  flex: ['basis', 'grow', 'shrink'],
  gap: ['gap-x', 'gap-y'],
  p: ['px', 'py', 'ps', 'pe', 'pt', 'pr', 'pb', 'pl'],
  px: ['ps', 'pe', 'pr', 'pl'],
  py: ['pt', 'pb'],
  m: ['mx', 'my', 'ms', 'me', 'mt', 'mr', 'mb', 'ml'],
  mx: ['ms', 'me', 'mr', 'ml'],
  my: ['mt', 'mb'],
  size: ['w', 'h'],
  'font-size': ['leading'],
  'line-clamp': ['display', 'overflow'],
  rounded: ['s', 'e', 't', 'r', 'b', 'l', 'ss', 'se', 'ee', 'es'].map((corner) => `rounded-${corner}`),
  'rounded-s': ['rounded-ss', 'rounded-es'],
  'rounded-e': ['rounded-se', 'rounded-ee'],
  ...borders('w'),
  ...borders('color'),
  translate: ['translate-x', 'translate-y'],
}

function borders(kind: 'w' | 'color') {
  const side = (name: string) => `border-${name}-${kind}`
  return {
    [`border-${kind}`]: ['x', 'y', 's', 'e', 't', 'r', 'b', 'l'].map(side),
    [side('x')]: ['s', 'e', 'r', 'l'].map(side),
    [side('y')]: ['t', 'b'].map(side),
  }
}

function every(...names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, [{ [name]: [any] }]]))
}

function corners(...names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, [{ [name]: ['', any] }]]))
}

function lines(...names: readonly string[]) {
  return Object.fromEntries(
    names.flatMap((name) => [
      [`${name}-w`, [{ [name]: widths }]],
      [`${name}-color`, [{ [name]: [any] }]],
    ]),
  )
}

function isNumber(value: string): boolean {
  return /^\d+$/.test(value)
}

function isLength(value: string): boolean {
  return /^\[[\d.]+(rem|px|em)\]$/.test(value)
}
