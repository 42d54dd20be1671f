import { type CharSet, DFA, JS, TooManyNodesError } from 'refa'
import { LAST_CHARACTER } from './alphabet.ts'
import { PathSourceError } from './path-source-error.ts'
import { graphOf, type Step, UndecidableElement } from './step-graph.ts'

/** More states than this are no pattern that anybody can read: it is refused, not computed for minutes. */
const MAX_STATES = 5_000

/**
 * The paths an anchored regular expression (`^…$`) accepts, as a minimal automaton. Lookaheads are exact.
 * @throws PathSourceError naming `pattern`: `unsupported` for backreferences and lookbehinds, `too_large`, `unreadable`
 */
export function automatonOf(expression: RegExp, pattern: string): DFA {
  try {
    // Every path begins with a slash, whatever the pattern begins with.
    const source = expression.source.replace(/^\^/, '^(?=\\/)')
    const parser = JS.Parser.fromLiteral({ source, flags: expression.flags })
    const parsed = parser.parse({ backreferences: 'unknown', maxBackreferenceWords: 0 })
    return automaton(graphOf(parsed.expression.alternatives, lookahead))
  } catch (error) {
    if (error instanceof UndecidableElement) throw new PathSourceError('unsupported', pattern, { cause: error })
    if (error instanceof TooManyNodesError) throw new PathSourceError('too_large', pattern, { cause: error })
    if (error instanceof SyntaxError) throw new PathSourceError('unreadable', pattern, { cause: error })
    throw error
  }
}

function lookahead(start: Step, negate: boolean): DFA {
  const ahead = automaton(start)
  if (negate) {
    ahead.complement()
    ahead.minimize()
  }
  return ahead
}

/** One way through the graph: the step to take, and what every lookahead passed so far still demands of the rest. */
interface Branch {
  readonly step: Extract<Step, { kind: 'end' | 'read' }>
  readonly demands: readonly Demand[]
}

interface Demand {
  readonly ahead: DFA
  readonly node: DFA.ReadonlyNode
}

function automaton(start: Step): DFA {
  const ids = new Ids()
  const states = new Map<string, readonly Branch[]>()
  // A state is a set of branches, known by the names of what it holds.
  const stateOf = (branches: readonly Branch[]): string => {
    const named = new Map(branches.map((branch) => [ids.branch(branch), branch]))
    const key = [...named.keys()].sort().join(';')
    states.set(key, [...named.values()])
    return key
  }
  const initial = stateOf(branchesFrom(start, [], ids))
  const dfa = DFA.fromTransitionIterator(
    {
      initial,
      isFinal: (state) => (states.get(state) ?? []).some(accepts),
      getOut: (state) => {
        const out = new Map<string, CharSet>()
        for (const branch of states.get(state) ?? []) {
          for (const [set, next] of after(branch, ids)) {
            const key = stateOf([next])
            out.set(key, out.get(key)?.union(set) ?? set)
          }
        }
        return out
      },
    },
    { maxCharacter: LAST_CHARACTER },
    new DFA.LimitedNodeFactory(MAX_STATES),
  )
  dfa.minimize()
  return dfa
}

function accepts({ step, demands }: Branch): boolean {
  return step.kind === 'end' && demands.every(({ ahead, node }) => ahead.finals.has(node as DFA.Node))
}

/** Where a branch leads, for each set of characters on which all its demands agree. */
function after({ step, demands }: Branch, ids: Ids): readonly (readonly [CharSet, Branch])[] {
  if (step.kind === 'end') return []
  let ways: readonly (readonly [CharSet, readonly Demand[]])[] = [[step.set, []]]
  for (const { ahead, node } of demands) {
    const successors = [...node.out.invert(LAST_CHARACTER)]
    ways = ways.flatMap(([set, held]) =>
      successors.flatMap(([next, characters]) => {
        const common = set.intersect(characters)
        return common.isEmpty ? [] : [[common, [...held, { ahead, node: next }]] as const]
      }),
    )
  }
  return ways.flatMap(([set, held]) =>
    set.isEmpty ? [] : branchesFrom(step.next, held, ids).map((branch) => [set, branch] as const),
  )
}

/** Every branch that begins at a step, through forks and lookaheads, without reading a character. */
function branchesFrom(start: Step, held: readonly Demand[], ids: Ids): readonly Branch[] {
  const found: Branch[] = []
  const seen = new Set<string>()
  const visit = (step: Step, demands: readonly Demand[]): void => {
    const key = ids.place(step, demands)
    if (seen.has(key)) return
    seen.add(key)
    if (step.kind === 'fork') for (const next of step.next) visit(next, demands)
    else if (step.kind === 'look') visit(step.next, [...demands, { ahead: step.ahead, node: step.ahead.initial }])
    else found.push({ step, demands: ids.distinct(demands) })
  }
  visit(start, held)
  return found
}

/** Short names of steps and of an automaton's nodes, so that equal branches are known to be equal. */
class Ids {
  readonly #ids = new Map<object, number>()

  place(step: Step, demands: readonly Demand[]): string {
    return [this.#of(step), ...this.distinct(demands).map(({ node }) => this.#of(node))].join()
  }

  branch({ step, demands }: Branch): string {
    return this.place(step, demands)
  }

  /** Demands without repetitions, in one order. */
  distinct(demands: readonly Demand[]): readonly Demand[] {
    const byId = new Map(demands.map((demand) => [this.#of(demand.node), demand]))
    return [...byId].sort(([a], [b]) => a - b).map(([, demand]) => demand)
  }

  #of(thing: object): number {
    const id = this.#ids.get(thing) ?? this.#ids.size
    this.#ids.set(thing, id)
    return id
  }
}
