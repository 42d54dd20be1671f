import { element, empty, type Markup, text } from './markup.ts'
import { type Accent, palette } from './palette.ts'
import { MONO } from './svg.ts'

/** How one piece of writing looks; sizes are points. */
export interface Writing {
  readonly colour?: string
  readonly size?: number
  readonly bold?: boolean
  readonly mono?: boolean
}

/** A piece of writing in Graphviz's own markup. */
export function written(plain: string, { colour = palette.text.light, size = 12, bold, mono }: Writing = {}): Markup {
  const content = bold ? element('B', {}, text(plain)) : text(plain)
  const face = mono ? { FACE: MONO } : {}
  return element('FONT', { COLOR: colour, 'POINT-SIZE': size, ...face }, content)
}

export function muted(plain: string, size = 11): Markup {
  return written(plain, { colour: palette.muted.light, size })
}

/** Pieces under each other, left-aligned. */
export function lines(...pieces: readonly Markup[]): readonly Markup[] {
  return pieces.flatMap((piece) => [piece, empty('BR', { ALIGN: 'LEFT' })])
}

export function cell(attributes: Readonly<Record<string, string | number>>, ...content: readonly Markup[]): Markup {
  return element('TD', { ALIGN: 'LEFT', BALIGN: 'LEFT', ...attributes }, ...content)
}

export function row(...cells: readonly Markup[]): Markup {
  return element('TR', {}, ...cells)
}

/**
 * Blocks of lines under each other. A block should be of one font and size: Graphviz sets mixed lines too tight.
 */
export function stack(...blocks: readonly (readonly Markup[])[]): Markup {
  const rows = blocks.map((block) => row(cell({ CELLPADDING: 1 }, ...block)))
  return element('TABLE', { BORDER: 0, CELLBORDER: 0, CELLSPACING: 0, CELLPADDING: 0 }, ...rows)
}

export interface Card {
  readonly accent: Accent
  readonly columns: number
  readonly title: string
  /** Under the title. */
  readonly facts: readonly string[]
  /** At least, in points. */
  readonly width: number
}

/** A bordered table: a coloured head, port `head`, over rows. */
export function card({ accent, columns, title, facts, width }: Card, rows: readonly Markup[]): Markup {
  const head = stack(
    lines(written(title, { colour: accent.strong, bold: true, size: 14 })),
    ...(facts.length === 0 ? [] : [lines(...facts.map((fact) => muted(fact)))]),
  )
  return element(
    'TABLE',
    {
      ...{ BORDER: 1, COLOR: palette.line.light, BGCOLOR: palette.card.light },
      ...{ CELLBORDER: 0, CELLSPACING: 0, CELLPADDING: 6 },
    },
    row(cell({ PORT: 'head', COLSPAN: columns, WIDTH: width, BGCOLOR: accent.soft }, head)),
    ...rows,
  )
}
