import { asksAnAccount } from './asks-an-account.ts'
import type { Observations, Seen } from './observations.ts'

/** What a look at the observations answers. */
export type Look =
  | { readonly answer: 'yes' | 'no'; readonly evidence: string }
  | { readonly answer: 'unseen'; readonly why: string }

/** A question of a decision tree. What cannot be seen goes the way of `no`, and the cause is then only probable. */
export interface Fork {
  readonly kind: 'fork'
  readonly id: string
  /** As a person would ask it. */
  readonly question: string
  readonly look: (seen: Observations) => Look
  readonly yes: Tree
  readonly no: Tree
}

/** The end of a way through a tree. */
export interface Leaf {
  readonly kind: 'leaf'
  readonly id: string
  /** What is the matter, as a sentence. */
  readonly cause: string
  /** The command that mends it, and in half a sentence why when that is not plain. */
  readonly mend: (seen: Observations) => string
}

export type Tree = Fork | Leaf

export interface Step {
  readonly id: string
  readonly question: string
  readonly answer: Look['answer']
  /** What was seen, or why nothing was. */
  readonly evidence: string
}

export interface Finding {
  readonly steps: readonly Step[]
  readonly leaf: Leaf
  /** False: something on the way could not be seen. */
  readonly isCertain: boolean
}

/** The way through `tree` that the observations lead. */
export function walk(tree: Tree, seen: Observations): Finding {
  const steps: Step[] = []
  let node = tree
  while (node.kind === 'fork') {
    const { id, question, look } = node
    const looked = look(seen)
    steps.push({
      id,
      question,
      answer: looked.answer,
      evidence: looked.answer === 'unseen' ? looked.why : looked.evidence,
    })
    node = looked.answer === 'yes' ? node.yes : node.no
  }
  return { steps, leaf: node, isCertain: steps.every(({ answer }) => answer !== 'unseen') }
}

/** A look at one thing: unseen when it is, else yes with what `judge` found, or no. */
export function lookAt<Value>(
  seen: Seen<Value>,
  judge: (value: Value) => { readonly is: boolean; readonly evidence: string },
): Look {
  if (seen.kind === 'unseen') return { answer: 'unseen', why: seen.why }
  const { is, evidence } = judge(seen.value)
  return { answer: is ? 'yes' : 'no', evidence }
}

/** What mends a cause there. */
export function mendOf({ mend }: Leaf, seen: Observations): string {
  const command = mend(seen)
  return seen.stage === 'local' && asksAnAccount(command) ? LAPTOP : command
}

/** A laptop's site is made of its sources each time, and of nothing else that could be mended. */
const LAPTOP = 'Ctrl-C where it runs, then npm start; what is still so then is in the sources: npm test'

export function fork(id: string, question: string, look: Fork['look'], yes: Tree, no: Tree): Fork {
  return { kind: 'fork', id, question, look, yes, no }
}

export function leaf(id: string, cause: string, mend: string | Leaf['mend']): Leaf {
  return { kind: 'leaf', id, cause, mend: typeof mend === 'string' ? () => mend : mend }
}
