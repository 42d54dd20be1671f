import { CharSet, type Concatenation, type DFA, type Element, type NoParent } from 'refa'
import { LAST_CHARACTER, pathCharacters } from './alphabet.ts'

/**
 * What is left to match. A pattern becomes a graph of steps, built back to front. `look` holds whatever follows to a
 * second automaton as well: so a lookahead is decided exactly, however long it is and wherever it stands.
 */
export type Step =
  | { readonly kind: 'end' }
  | { readonly kind: 'read'; readonly set: CharSet; readonly next: Step }
  | { readonly kind: 'fork'; readonly next: Step[] }
  | { readonly kind: 'look'; readonly ahead: DFA; readonly next: Step }

/** Turns the step behind a lookahead's words into the automaton that the rest of the path must satisfy. */
export type Lookahead = (start: Step, negate: boolean) => DFA

/** Raised by an element that no automaton here can decide. */
export class UndecidableElement extends Error {
  override readonly name = 'UndecidableElement'
}

const end: Step = { kind: 'end' }

/** The graph of a whole anchored expression. */
export function graphOf(alternatives: readonly NoParent<Concatenation>[], lookahead: Lookahead): Step {
  return either(alternatives.map(withoutStart), end, lookahead)
}

function either(alternatives: readonly NoParent<Concatenation>[], next: Step, lookahead: Lookahead): Step {
  const starts = alternatives.map(({ elements }) =>
    elements.reduceRight<Step>((rest, element) => before(rest, element, lookahead), next),
  )
  return starts.length === 1 && starts[0] !== undefined ? starts[0] : { kind: 'fork', next: starts }
}

function before(next: Step, element: NoParent<Element>, lookahead: Lookahead): Step {
  switch (element.type) {
    case 'CharacterClass':
      return { kind: 'read', set: element.characters.resize(LAST_CHARACTER).intersect(pathCharacters), next }
    case 'Alternation':
      return either(element.alternatives, next, lookahead)
    case 'Quantifier': {
      const { alternatives, min, max } = element
      let step = max === Number.POSITIVE_INFINITY ? loop(alternatives, next, lookahead) : next
      if (max !== Number.POSITIVE_INFINITY) {
        for (let i = min; i < max; i++) step = { kind: 'fork', next: [either(alternatives, step, lookahead), next] }
      }
      for (let i = 0; i < min; i++) step = either(alternatives, step, lookahead)
      return step
    }
    case 'Assertion': {
      if (element.kind === 'behind') throw new UndecidableElement('lookbehind')
      const ahead = lookahead(either(element.alternatives, anything(), lookahead), element.negate)
      return { kind: 'look', ahead, next }
    }
    case 'Unknown':
      throw new UndecidableElement('backreference')
  }
}

function loop(alternatives: readonly NoParent<Concatenation>[], next: Step, lookahead: Lookahead): Step {
  const fork: Step = { kind: 'fork', next: [next] }
  fork.next.push(either(alternatives, fork, lookahead))
  return fork
}

function anything(): Step {
  const fork: Step = { kind: 'fork', next: [end] }
  fork.next.push({ kind: 'read', set: CharSet.all(LAST_CHARACTER), next: fork })
  return fork
}

/** The `^` of an anchored expression says nothing new. */
function withoutStart(concatenation: NoParent<Concatenation>): NoParent<Concatenation> {
  const [first, ...rest] = concatenation.elements
  const anchors = first?.type === 'Assertion' && first.kind === 'behind' && first.negate
  return anchors ? { ...concatenation, elements: rest } : concatenation
}
