/** A colour on a light ground and its counterpart on a dark one. */
export interface Colour {
  readonly light: string
  readonly dark: string
}

/**
 * Every colour of a picture. The light ones are written into it, each one a different text; a style sheet puts the dark
 * ones in their place where the reader prefers that. Text keeps a contrast of at least 4.5 on its ground.
 */
export const palette = {
  ground: { light: '#f6f8fa', dark: '#0d1117' },
  card: { light: '#fefefe', dark: '#161b22' },
  line: { light: '#d0d7de', dark: '#3d444d' },
  text: { light: '#1f2328', dark: '#e6edf3' },
  muted: { light: '#57606a', dark: '#9aa4af' },
  arrow: { light: '#6e7781', dark: '#8b949e' },
  blue: { light: '#0550ae', dark: '#79c0ff' },
  blueSoft: { light: '#ddeeff', dark: '#12283f' },
  green: { light: '#0a5c4f', dark: '#5fd6be' },
  greenSoft: { light: '#d6f2ea', dark: '#0e2c27' },
  violet: { light: '#5a32a3', dark: '#c9a8ff' },
  violetSoft: { light: '#ece4fb', dark: '#271b3f' },
  amber: { light: '#7a4b00', dark: '#e8b74f' },
  amberSoft: { light: '#fdf0d0', dark: '#312508' },
  red: { light: '#a4161f', dark: '#ff9a94' },
  redSoft: { light: '#ffe3e1', dark: '#3b1416' },
} as const satisfies Readonly<Record<string, Colour>>

/** An accent for text and lines, and its ground. */
export interface Accent {
  readonly strong: string
  readonly soft: string
}

export const accents = {
  blue: { strong: palette.blue.light, soft: palette.blueSoft.light },
  green: { strong: palette.green.light, soft: palette.greenSoft.light },
  violet: { strong: palette.violet.light, soft: palette.violetSoft.light },
  amber: { strong: palette.amber.light, soft: palette.amberSoft.light },
  red: { strong: palette.red.light, soft: palette.redSoft.light },
} as const satisfies Readonly<Record<string, Accent>>

/** Accents of zones, in their order. */
export function zoneAccent(index: number): Accent {
  const all = [accents.blue, accents.green, accents.violet]
  return all[Math.max(0, index) % all.length] ?? accents.blue
}

/** The dark colours as a style sheet over a picture that was drawn in the light ones. */
export function darkStyle(): string {
  const rules = Object.values(palette).flatMap(({ light, dark }) => [
    `[fill="${light}"]{fill:${dark}}`,
    `[stroke="${light}"]{stroke:${dark}}`,
  ])
  return `@media (prefers-color-scheme:dark){${rules.join('')}}`
}
