import type { Conversation } from '@sax/api-contract'
import type { ListQuestion } from '../data/list-question.ts'
import { type Arranging, arrangeRows } from './arrange-rows.ts'

export interface SteadyRows {
  /** What the rows were asked for; undefined: nothing yet. */
  readonly question: ListQuestion | undefined
  /** Whether the first answer to this question is still on its way: until then older rows may stand here. */
  readonly asking: boolean
  readonly rows: readonly Conversation[]
}

export interface Seen extends Omit<Arranging, 'order'> {
  readonly question: ListQuestion
  /** Rows as the list has them now; undefined while they are another question's, or none. */
  readonly fresh: readonly Conversation[] | undefined
  readonly asking: boolean
  readonly order: Arranging['order']
  /** Whether nobody is in the list whom moving rows could disturb. */
  readonly free: boolean
}

export const nothingShown: SteadyRows = { question: undefined, asking: true, rows: [] }

/**
 * What the list shows next: in the order of the moment at which the question was answered, until somebody asks for
 * another one or nobody is in the list. The same object when nothing changed.
 */
export function steadyAfter(shown: SteadyRows, seen: Seen): SteadyRows {
  const { question, fresh } = seen
  if (fresh === undefined) return shown
  const begun = shown.question !== question
  const asking = (begun || shown.asking) && seen.asking
  const rows = begun || shown.asking || seen.free ? fresh : arrangeRows(shown.rows, fresh, seen)
  return !begun && asking === shown.asking && rows === shown.rows ? shown : { question, asking, rows }
}
