import { type Machine, machineLine } from '../machine.ts'
import { table } from '../report.ts'
import { PRACTICES_PER_TENANT, SIZE } from './data-set.ts'
import { FLAT } from './growth.ts'
import type { AnsweredQuestion } from './latency.ts'
import { LOAD, type LoadResult, type Times } from './load.ts'

/** A reply is on a coordinator's screen within so many milliseconds, 99 times of 100. */
const VISIBLE_MS = 3_000

export interface ConversationFigures {
  readonly machine: Machine
  readonly questions: readonly AnsweredQuestion[]
  readonly load: LoadResult
}

/** The conversations' part of docs/performance.md: what was measured, on what, by which command. */
export function conversationFigures({ machine, questions, load }: ConversationFigures): string {
  return [
    '## Conversations',
    '',
    'Written by `npm run bench -- --only conversations`.',
    '',
    `${machineLine(machine)} ${number(SIZE.tenants)} tenants with ${PRACTICES_PER_TENANT} practices each, ${number(SIZE.conversations)} conversations, ${number(SIZE.messages)} messages. The largest tenant has two and a half times the mean, twenty conversations have two thousand messages and more, and rows lie in the order of time. PostgreSQL has 2 GB of shared buffers, writes as durably as in a stage, and has its indexes in memory when the measurement begins.`,
    '',
    '### One question at a time',
    '',
    'At the backend over HTTP, its token verified, the access logged: one request after the other over one connection, on the same cores as the asking program. Coordinators are one of the largest practice of each tenant but the largest, in turn; the administrator reaches all of the largest tenant.',
    '',
    ...questionTable(questions),
    '',
    '### Many people, many texts',
    '',
    `${number(LOAD.coordinators)} coordinators of ${SIZE.tenants} tenants ask for news ${LOAD.pollEveryMs / 1000} s after each answer, as a visible screen does, while ${number(LOAD.textsPerSec)} signed texts a second come in from the carrier, whether or not earlier ones have been answered, for ${number(load.seconds)} s. Who asks and who sends is one program on the same cores.`,
    '',
    ...table(
      ['what', 'times', 'p50 ms', 'p99 ms', 'longest ms'],
      [
        timesRow('a text is accepted', load.texts),
        timesRow('news is answered', load.polls),
        timesRow('from sending a text until a coordinator has it', load.visible),
      ],
    ),
    '',
    ...table(['what', 'measured', 'aim', ''], loadVerdicts(load)),
    '',
    `Memory is the backend's proportional set size, every two seconds; the first fifth is left out. It is flat when a straight line through the rest grows by less than ${percent(FLAT)} of its mean over the run.`,
  ].join('\n')
}

function questionTable(questions: readonly AnsweredQuestion[]): readonly string[] {
  return table(
    ['question', 'p50 ms', 'p99 ms', 'longest', 'administrator p50 ms', 'p99 ms', 'longest', 'aim p99 ms', ''],
    questions.map(({ what, aimMs, coordinators, administrator }) => [
      what,
      ...[coordinators, administrator].flatMap(({ p50Ms, p99Ms, maxMs }) => [p50Ms, p99Ms, maxMs].map(one)),
      String(aimMs),
      held(coordinators.p99Ms < aimMs && administrator.p99Ms < aimMs),
    ]),
  )
}

function loadVerdicts({ visible, errors, unseen, memory }: LoadResult): readonly (readonly string[])[] {
  const wrong = Object.entries(errors)
  return [
    ['reply visible, p99', `${number(visible.p99Ms)} ms`, `${number(VISIBLE_MS)} ms`, held(visible.p99Ms < VISIBLE_MS)],
    [
      'errors',
      wrong.map(([what, times]) => `${what}: ${times}`).join(', ') || 'none',
      'none',
      held(wrong.length === 0),
    ],
    ['accepted and not told to everybody', number(unseen), '0', held(unseen === 0)],
    [
      'memory of the backend',
      `${memory.fromMb.toFixed(0)} to ${memory.toMb.toFixed(0)} MB, ${percent(memory.growth)}`,
      'flat',
      held(memory.growth < FLAT),
    ],
  ]
}

function timesRow(what: string, { times, p50Ms, p99Ms, maxMs }: Times): readonly string[] {
  return [what, ...[times, p50Ms, p99Ms, maxMs].map(number)]
}

const held = (yes: boolean) => (yes ? 'held' : 'missed')
const one = (value: number) => value.toFixed(1)
const percent = (part: number) => `${(part * 100).toFixed(1)} %`
const number = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 0 })
