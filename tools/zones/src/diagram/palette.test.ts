import { expect, test } from 'vitest'
import { type Colour, darkStyle, palette } from './palette.ts'

/** @source WCAG 2.2, "relative luminance" and "contrast ratio" */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const {
  text,
  muted,
  card,
  ground,
  blue,
  blueSoft,
  green,
  greenSoft,
  violet,
  violetSoft,
  amber,
  amberSoft,
  red,
  redSoft,
} = palette

test.each<readonly [what: string, front: Colour, behind: Colour]>([
  ['text on a card', text, card],
  ['muted text on a card', muted, card],
  ['muted text on the ground', muted, ground],
  ...[blueSoft, greenSoft, violetSoft, amberSoft, redSoft].map(
    (soft) => ['muted text on a head', muted, soft] as const,
  ),
  ...[blue, green, violet, amber, red].map((accent) => ['an accent on a card', accent, card] as const),
  ['blue on its ground', blue, blueSoft],
  ['green on its ground', green, greenSoft],
  ['violet on its ground', violet, violetSoft],
  ['amber on its ground', amber, amberSoft],
  ['red on its ground', red, redSoft],
])('%s can be read in light and dark', (_what, front, behind) => {
  expect(contrast(front.light, behind.light)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(front.dark, behind.dark)).toBeGreaterThanOrEqual(4.5)
})

test('every light colour is one of a kind, so that the style sheet can tell them apart', () => {
  const lights = Object.values(palette).map(({ light }) => light)
  expect(new Set(lights).size).toBe(lights.length)
})

test('dark replaces fills and lines', () => {
  expect(darkStyle()).toContain('[fill="#fefefe"]{fill:#161b22}[stroke="#fefefe"]{stroke:#161b22}')
})
