import type { DFA } from 'refa'
import { lettersByReadability } from './alphabet.ts'
import { DEAD, START, type Table, tableOf } from './table.ts'

const NOWHERE = -1

/**
 * A shortest path that every automaton of `inside` accepts and none of `outside` does, of several the one that reads
 * best; undefined when there is none. All automata are walked at once, so the answer is exact.
 */
export function shortestPath(inside: readonly DFA[], outside: readonly DFA[] = []): string | undefined {
  const tables = [...inside, ...outside].map(tableOf)
  const letters = distinctLetters(tables)
  // A state of the walk is one state of each table, packed into a number.
  const states = [tables.reduceRight((packed, { size }) => packed * size + START, 0)]
  const cameFrom = [-1]
  const by: number[] = [-1]
  const seen = new Set(states)
  for (let at = 0; at < states.length; at++) {
    const packed = states[at] ?? DEAD
    if (isWanted(packed, tables, inside.length)) return spelt(at, cameFrom, by)
    for (const letter of letters) {
      const next = step(packed, letter, tables, inside.length)
      if (next === NOWHERE || seen.has(next)) continue
      seen.add(next)
      states.push(next)
      cameFrom.push(at)
      by.push(letter)
    }
  }
  return undefined
}

/** The best reading character of each kind that some table tells apart. */
function distinctLetters(tables: readonly Table[]): readonly number[] {
  const kinds = new Set<number>()
  const letters: number[] = []
  for (const letter of lettersByReadability) {
    let kind = 0
    for (const { classes, classOf } of tables) kind = kind * classes + (classOf[letter] ?? 0)
    if (kinds.has(kind)) continue
    kinds.add(kind)
    letters.push(letter)
  }
  return letters
}

/** The state after a character; `NOWHERE` when no path that is wanted begins so. */
function step(packed: number, letter: number, tables: readonly Table[], inside: number): number {
  let rest = packed
  let next = 0
  let weight = 1
  let index = 0
  for (const { size, classes, classOf, next: reached } of tables) {
    const state = reached[(rest % size) * classes + (classOf[letter] ?? 0)] ?? DEAD
    if (state === DEAD && index < inside) return NOWHERE
    next += state * weight
    weight *= size
    rest = Math.floor(rest / size)
    index++
  }
  return next
}

function isWanted(packed: number, tables: readonly Table[], inside: number): boolean {
  let rest = packed
  let index = 0
  for (const { size, accepts } of tables) {
    if ((accepts[rest % size] === 1) !== index < inside) return false
    rest = Math.floor(rest / size)
    index++
  }
  return true
}

function spelt(end: number, cameFrom: readonly number[], by: readonly number[]): string {
  const codes: number[] = []
  for (let at = end; at > 0; at = cameFrom[at] ?? 0) codes.push(by[at] ?? 0)
  return String.fromCharCode(...codes.reverse())
}
