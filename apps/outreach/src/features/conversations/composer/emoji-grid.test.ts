import { expect, test } from 'vitest'
import { type Cell, cellAfter, inRows } from './emoji-grid.ts'

/** Three groups: rows of 8, 8 and 4; a row of 3; rows of 8 and 1. */
const sizes = [20, 3, 9]
const at = (group: number, index: number): Cell => ({ group, index })

test.each<[key: string, from: Cell, to: Cell | undefined]>([
  ['ArrowRight', at(0, 0), at(0, 1)],
  ['ArrowRight', at(0, 7), at(0, 8)],
  ['ArrowRight', at(0, 19), at(1, 0)],
  ['ArrowRight', at(2, 8), undefined],
  ['ArrowLeft', at(0, 8), at(0, 7)],
  ['ArrowLeft', at(1, 0), at(0, 19)],
  ['ArrowLeft', at(0, 0), undefined],
  ['ArrowDown', at(0, 2), at(0, 10)],
  ['ArrowDown', at(0, 14), at(0, 19)],
  ['ArrowDown', at(0, 18), at(1, 2)],
  ['ArrowDown', at(0, 19), at(1, 2)],
  ['ArrowDown', at(1, 1), at(2, 1)],
  ['ArrowDown', at(2, 7), at(2, 8)],
  ['ArrowDown', at(2, 8), undefined],
  ['ArrowUp', at(0, 18), at(0, 10)],
  ['ArrowUp', at(1, 2), at(0, 18)],
  ['ArrowUp', at(2, 7), at(1, 2)],
  ['ArrowUp', at(0, 7), undefined],
  ['PageDown', at(0, 13), at(1, 0)],
  ['PageDown', at(2, 1), undefined],
  ['PageUp', at(2, 5), at(1, 0)],
  ['PageUp', at(0, 5), undefined],
  ['Home', at(0, 13), at(0, 8)],
  ['End', at(0, 9), at(0, 15)],
  ['End', at(0, 17), at(0, 19)],
  ['a', at(0, 0), undefined],
  ['Tab', at(0, 0), undefined],
])('%s leads from %o to %o', (key, from, to) => {
  expect(cellAfter(sizes, from, { key, ctrlKey: false })).toEqual(to)
})

test('with Ctrl, Home and End lead to the first and the last of all', () => {
  expect(cellAfter(sizes, at(1, 1), { key: 'Home', ctrlKey: true })).toEqual(at(0, 0))
  expect(cellAfter(sizes, at(1, 1), { key: 'End', ctrlKey: true })).toEqual(at(2, 8))
})

test('a group stands in rows of eight', () => {
  expect(inRows([...'abcdefghij'])).toEqual([[...'abcdefgh'], ['i', 'j']])
  expect(inRows([])).toEqual([])
})
