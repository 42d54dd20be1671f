import type { DFA } from 'refa'
import { lettersByReadability } from './alphabet.ts'
import { DEAD, START, type Table, tableOf } from './table.ts'

const NOWHERE = -1
const SLASH = 0x2f

/**
 * A shortest path that every automaton of `inside` accepts and none of `outside` does, of several the one that reads
 * best; undefined when there is none. All automata are walked at once, so the answer is exact.
 */
export function shortestPath(inside: readonly DFA[], outside: readonly DFA[] = []): string | undefined {
  const tables = [...inside, ...outside].map(tableOf)
  const letters = distinctLetters(tables)
  // A state of the walk is one state of each table, packed into a number.
  const states = [tables.reduceRight((packed, { size }) => packed * size + START, 0)]
  const ways: Way[] = [{ length: 0, from: -1, letter: 0, oddities: 0 }]
  const indexOf = new Map(states.map((state, index) => [state, index]))
  for (let at = 0; at < states.length; at++) {
    const packed = states[at] ?? DEAD
    const way = ways[at]
    if (way === undefined || isWanted(packed, tables, inside.length)) return spelt(at, ways)
    for (const letter of letters) {
      const next = step(packed, letter, tables, inside.length)
      if (next === NOWHERE) continue
      const index = indexOf.get(next) ?? states.length
      const oddities = way.oddities + (isOdd(letter, way.letter) ? 1 : 0)
      const known = ways[index]
      // As long, but better to read: still before any way goes on from there.
      if (known !== undefined && (known.length <= way.length || known.oddities <= oddities)) continue
      ways[index] = { length: way.length + 1, from: at, letter, oddities }
      if (known !== undefined) continue
      indexOf.set(next, index)
      states.push(next)
    }
  }
  return undefined
}

/** How a state was reached first. */
interface Way {
  readonly length: number
  readonly from: number
  readonly letter: number
  readonly oddities: number
}

/** A capital inside a word. Two sets that differ in case differ in `/Outreach` then, not in `/outreacH`. */
function isOdd(letter: number, before: number): boolean {
  return letter >= 0x41 && letter <= 0x5a && before !== SLASH
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

function spelt(end: number, ways: readonly Way[]): string {
  const codes: number[] = []
  for (let way = ways[end]; way !== undefined && way.from >= 0; way = ways[way.from]) codes.push(way.letter)
  return String.fromCharCode(...codes.reverse())
}
