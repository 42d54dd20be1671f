import type { DFA } from 'refa'
import { LAST_CHARACTER, lettersByReadability } from './alphabet.ts'

/** No way leads from here to an accepted path. */
export const DEAD = 0
/** The state before the first character. */
export const START = 1

/** An automaton as arrays, for walking many at once. */
export interface Table {
  /** Number of states, `DEAD` among them. */
  readonly size: number
  /** Number of classes: characters that lead to the same states from everywhere share one. */
  readonly classes: number
  /** Class of each character, by its code. */
  readonly classOf: Uint8Array
  /** The state reached, at `state * classes + class`. */
  readonly next: Uint16Array
  readonly accepts: Uint8Array
}

const known = new WeakMap<DFA, Table>()

/** The table of a minimal automaton; made once for each. */
export function tableOf(automaton: DFA): Table {
  const table = known.get(automaton) ?? made(automaton)
  known.set(automaton, table)
  return table
}

function made(automaton: DFA): Table {
  const numbers = new Map([...automaton.nodes()].map((node, index) => [node, index + START]))
  const size = numbers.size + 1
  const columns = new Map<string, readonly number[]>()
  const classOf = new Uint8Array(LAST_CHARACTER + 1)
  for (const letter of lettersByReadability) {
    const column = [DEAD, ...[...numbers.keys()].map((node) => numberOf(node.out.get(letter), numbers))]
    const key = column.join()
    columns.set(key, column)
    classOf[letter] = [...columns.keys()].indexOf(key)
  }
  const next = Uint16Array.from(
    Array.from({ length: size }, (_, state) => [...columns.values()].map((column) => column[state] ?? DEAD)).flat(),
  )
  const accepts = new Uint8Array(size)
  for (const final of automaton.finals) accepts[numbers.get(final) ?? DEAD] = 1
  return { size, classes: columns.size, classOf, next, accepts }
}

function numberOf(node: DFA.Node | undefined, numbers: ReadonlyMap<DFA.Node, number>): number {
  return node === undefined ? DEAD : (numbers.get(node) ?? DEAD)
}
