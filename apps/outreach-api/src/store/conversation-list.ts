import type { Conversation, ConversationCounts, ConversationFilter } from '@sax/api-contract'
import { type SQL, sql } from 'drizzle-orm'
import type { ListPosition } from '../domain/list-position.ts'
import type { Viewer } from '../domain/viewer.ts'
import { changesCursor } from './change-cursor.ts'
import {
  type ConversationRow,
  conversationColumns,
  filterConditions,
  reachedBy,
  toConversation,
} from './conversation-rows.ts'
import type { Transaction } from './database.ts'

export interface ConversationQuestion {
  readonly filter: ConversationFilter
  readonly sort: 'newest' | 'waiting'
  /** Words and numbers that all have to match, the longest first. */
  readonly pieces: readonly string[]
  readonly practiceId?: string | undefined
  readonly limit: number
  readonly after: ListPosition | undefined
  readonly now: Date
}

export interface ConversationPage {
  readonly data: Conversation[]
  readonly counts: ConversationCounts
  /** Of the last row, when there are more. */
  readonly next: ListPosition | undefined
  /** Whether there may be more than were found: see `MOST_OF_COMMON_WORDS`. */
  readonly searchCut: boolean
  readonly changesCursor: string
}

/** What was written is searched too when the longest piece has so many letters: shorter ones are in every second message. */
const LETTERS_FOR_TEXT = 3

/**
 * How many active and how many archived conversations are found by words that are in every twentieth message or more:
 * the newest, and those that are unread or waiting besides. Nobody reads on to the end of those; to count them all costs
 * more than everything else on the screen.
 */
const MOST_OF_COMMON_WORDS = 300

type Counted = { readonly [F in ConversationFilter as `n_${F}`]: string } & {
  readonly xmin: string
  readonly cut: boolean
}
type ListRow = Counted & {
  readonly id: string | null
  readonly in_wait: boolean
  readonly key: string
} & ConversationRow

/**
 * One page of conversations within the viewer's reach, and how many each filter would show: one statement, so that rows
 * and counts are of one instant.
 */
export async function listConversations(
  tx: Transaction,
  viewer: Viewer,
  question: ConversationQuestion,
): Promise<ConversationPage> {
  const { rows } = await tx.execute<ListRow>(listStatement(viewer, question))
  const [first] = rows
  if (first === undefined) throw new Error('counts are answered even without conversations')
  const found = rows.filter(({ id }) => id !== null)
  const page = found.slice(0, question.limit)
  const last = found.length > question.limit ? page.at(-1) : undefined
  return {
    data: page.map((row) => toConversation(row, question.now)),
    counts: countsOf(first),
    next: last && { waiting: last.in_wait, key: last.key, id: last.id },
    searchCut: first.cut,
    changesCursor: changesCursor.before(first.xmin, question.now),
  }
}

function listStatement(viewer: Viewer, question: ConversationQuestion): SQL {
  const { practiceId, pieces, now, filter } = question
  const conditions = filterConditions(viewer, now)
  const searched = pieces.length === 0 ? sql`` : sql`and c.id in (select id from found)`
  const within = sql`${reachedBy(viewer, sql`c`)} ${practiceId === undefined ? sql`` : sql`and c.practice_id = ${practiceId}`} ${searched}`
  const counts = Object.entries(conditions).map(
    ([name, condition]) => sql`count(*) filter (where ${condition}) as ${sql.identifier(`n_${name}`)}`,
  )
  const { columns, joins } = conversationColumns(sql`page`)
  return sql`
    with ${pieces.length === 0 ? sql`` : sql`found as materialized (${matching(viewer, question)}),`}
    counted as materialized (
      select ${sql.join(counts, sql`, `)} from app.conversations c where ${within}
    ),
    page as materialized (${halves(sql`${within} and ${conditions[filter]}`, question)})
    select counted.*, pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
      ${pieces.length === 0 ? sql`false` : sql`exists (select from found where id is null)`} as cut, page.in_wait, page.key, ${columns}
    from counted
    left join page on true ${joins}
    order by page.in_wait desc,
      case when page.in_wait then page.waiting_since end asc, case when page.in_wait then page.id end asc,
      page.sort_at desc, page.id desc
    limit ${question.limit + 1}`
}

/** The rows of a page and one more. Each half is in the order of an index; the other half is asked only where it can be. */
function halves(wanted: SQL, { sort, after, limit }: ConversationQuestion): SQL {
  const behind = (comparison: SQL) => (after === undefined ? sql`` : sql`and ${comparison}`)
  const position = sql`(timestamptz 'epoch' + ${after?.key ?? null}::bigint * interval '1 microsecond', ${after?.id ?? null}::uuid)`
  const newest = (also: SQL) => sql`(
    select c.*, false as in_wait, ${micros(sql`c.sort_at`)} as key from app.conversations c
    where ${wanted} ${also}
    ${after?.waiting === true ? sql`` : behind(sql`(c.sort_at, c.id) < ${position}`)}
    order by c.sort_at desc, c.id desc limit ${limit + 1})`
  if (sort === 'newest') return newest(sql``)
  const resting = newest(sql`and c.waiting_since is null`)
  if (after?.waiting === false) return resting
  return sql`(
    select c.*, true as in_wait, ${micros(sql`c.waiting_since`)} as key from app.conversations c
    where ${wanted} and c.waiting_since is not null ${behind(sql`(c.waiting_since, c.id) > ${position}`)}
    order by c.waiting_since, c.id limit ${limit + 1})
    union all ${resting}`
}

function micros(time: SQL): SQL {
  return sql`(extract(epoch from ${time}) * 1000000)::bigint::text`
}

function matching({ scope }: Viewer, { pieces: [first = '', ...others], practiceId }: ConversationQuestion): SQL {
  const patterns = others.map((piece) => sql`app.contains_pattern(${piece})`)
  const inText = [...first].length >= LETTERS_FOR_TEXT
  const practice = scope.kind === 'practice' ? scope.practiceId : practiceId
  return sql`select id from app.conversations_found(app.contains_pattern(${first}),
    array[${sql.join(patterns, sql`, `)}]::text[], ${inText}, ${practice ?? null}::uuid, ${MOST_OF_COMMON_WORDS}) as id`
}

function countsOf(row: Counted): ConversationCounts {
  return {
    all: Number(row.n_all),
    unread: Number(row.n_unread),
    at_risk: Number(row.n_at_risk),
    mine: Number(row.n_mine),
    unassigned: Number(row.n_unassigned),
    not_sent: Number(row.n_not_sent),
    unknown: Number(row.n_unknown),
    archived: Number(row.n_archived),
  }
}
