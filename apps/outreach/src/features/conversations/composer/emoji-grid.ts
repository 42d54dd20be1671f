/** A place in groups of cells that stand one below the other, each in rows of its own. Both from 0. */
export interface Cell {
  readonly group: number
  readonly index: number
}

/** Cells of a row. */
export const COLUMNS = 8

export const firstCell: Cell = { group: 0, index: 0 }

/**
 * The cell that a pressed key leads to, over the borders of groups; undefined: the key is none of the grid's, or there is
 * nothing in that direction.
 * @param sizes How many cells each group has, one at least.
 * @source ARIA Authoring Practices, "Grid (Interactive Tabular Data and Layout Containers) Pattern", layout grids
 */
export function cellAfter(
  sizes: readonly number[],
  { group, index }: Cell,
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
): Cell | undefined {
  const last = (sizes[group] ?? 0) - 1
  const rowStart = index - (index % COLUMNS)
  const before = sizes[group - 1]
  const behind = sizes[group + 1]
  switch (key) {
    case 'ArrowRight':
      if (index < last) return { group, index: index + 1 }
      return behind === undefined ? undefined : { group: group + 1, index: 0 }
    case 'ArrowLeft':
      if (index > 0) return { group, index: index - 1 }
      return before === undefined ? undefined : { group: group - 1, index: before - 1 }
    case 'ArrowDown':
      // The row below may be shorter.
      if (rowStart + COLUMNS <= last) return { group, index: Math.min(index + COLUMNS, last) }
      return behind === undefined ? undefined : { group: group + 1, index: Math.min(index % COLUMNS, behind - 1) }
    case 'ArrowUp':
      if (rowStart > 0) return { group, index: index - COLUMNS }
      return before === undefined ? undefined : { group: group - 1, index: inLastRow(before, index % COLUMNS) }
    case 'PageDown':
      return behind === undefined ? undefined : { group: group + 1, index: 0 }
    case 'PageUp':
      return before === undefined ? undefined : { group: group - 1, index: 0 }
    case 'Home':
      return ctrlKey ? firstCell : { group, index: rowStart }
    case 'End':
      if (ctrlKey) return { group: sizes.length - 1, index: (sizes.at(-1) ?? 1) - 1 }
      return { group, index: Math.min(rowStart + COLUMNS - 1, last) }
    default:
      return undefined
  }
}

/** Rows of a group, the last one as long as it is. */
export function inRows<T>(cells: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(cells.length / COLUMNS) }, (_, row) =>
    cells.slice(row * COLUMNS, (row + 1) * COLUMNS),
  )
}

function inLastRow(size: number, column: number): number {
  const rowStart = size - 1 - ((size - 1) % COLUMNS)
  return Math.min(rowStart + column, size - 1)
}
