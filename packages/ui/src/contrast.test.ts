import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./styles.css', import.meta.url), 'utf8')
const themes = { light: tokensOf(':root'), dark: tokensOf('.dark') }
const grounds = ['background', 'card', 'popover', 'muted']

/** Text, or the ring and the edges of controls, with the least contrast WCAG 2.2 AA asks for. @source WCAG 2.2, 1.4.3 and 1.4.11 */
const pairs: readonly [ink: string, ground: string, least: number][] = [
  ...grounds.flatMap((ground): [string, string, number][] => [
    ['foreground', ground, 4.5],
    ['muted-foreground', ground, 4.5],
    ['primary', ground, 4.5],
    ['danger', ground, 4.5],
    ['ring', ground, 3],
  ]),
  ...['background', 'card', 'popover'].map((ground): [string, string, number] => ['input', ground, 3]),
  ['primary-foreground', 'primary', 4.5],
  ['primary-foreground', 'primary-hover', 4.5],
  ['accent-foreground', 'accent', 4.5],
  ['foreground', 'accent', 4.5],
  ['muted-foreground', 'accent', 4.5],
  ['primary', 'accent', 4.5],
  ['danger-foreground', 'danger-solid', 4.5],
  ['danger-foreground', 'danger-solid-hover', 4.5],
  ['danger-solid', 'card', 3],
  ['background', 'foreground', 4.5],
  ...['info', 'good', 'warning', 'danger'].flatMap((tone): [string, string, number][] => [
    [tone, `${tone}-soft`, 4.5],
    [tone, 'card', 4.5],
    ['foreground', `${tone}-soft`, 4.5],
  ]),
]

describe.each(Object.entries(themes))('in the %s theme', (_name, tokens) => {
  test.each(pairs)('%s on %s is readable (%s:1 or more)', (ink, ground, least) => {
    expect(contrast(read(tokens, ink), read(tokens, ground))).toBeGreaterThanOrEqual(least)
  })
})

test('the measure knows black on white and a known grey', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

test('both themes name the same tokens', () => {
  expect([...themes.dark.keys()].sort()).toEqual([...themes.light.keys()].sort())
})

function tokensOf(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`\n${selector} {`)
  const block = css.slice(start, css.indexOf('\n}', start))
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6,8});/g)].map((found) => [found[1] ?? '', found[2] ?? '']))
}

function read(tokens: ReadonlyMap<string, string>, name: string): string {
  const value = tokens.get(name)
  if (value === undefined) throw new Error(`no token ${name}`)
  return value
}

/** @source WCAG 2.2, "contrast ratio" and "relative luminance" */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
