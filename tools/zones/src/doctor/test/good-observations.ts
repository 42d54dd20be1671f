import type { StatusItem } from '../../plan/status-item.ts'
import type { AgreementReport } from '../../secrets/agreement-report.ts'
import { type Observations, type QuestionName, questionNames, type Seen, type SeenAnswer } from '../observations.ts'

export const seen = <Value>(value: Value): Seen<Value> => ({ kind: 'seen', value })
export const unseen = { kind: 'unseen', why: 'not to be seen here' } as const

export const page: SeenAnswer = {
  asked: 'GET /',
  status: 200,
  headers: { 'content-type': 'text/html', 'cache-control': 'private, no-store', 'x-cache': 'Miss from cloudfront' },
  bodyBytes: 30_000,
  code: undefined,
  message: undefined,
  hasMain: true,
  release: 'r2',
}

const bare: SeenAnswer = {
  ...page,
  ...{ status: 400, code: 'VALIDATION_ERROR', message: 'Invalid or missing tenant_id', hasMain: false },
}

const agreeing: AgreementReport = {
  stage: 'develop',
  agrees: true,
  secrets: [
    {
      ...{ name: 'user-context', secretId: 's', value: 'usable', ageSec: 90_000, rotation: 'none', readers: [] },
    },
  ],
  disagreements: [],
  notes: [],
}

/** A stage that is well. */
export const well: Observations = {
  stage: 'develop',
  answers: Object.fromEntries(
    questionNames.map((name) => [name, seen({ ...(name === 'backend.bare' ? bare : page), asked: `GET ${name}` })]),
  ) as Record<QuestionName, Seen<SeenAnswer>>,
  redirects: seen(['https://a/outreach', 'https://a/login', 'https://id/']),
  refusals: seen([]),
  handlerRan: seen(true),
  failures: seen([]),
  functions: seen(
    ['sleep-connect-server', 'outreach-server', 'outreach-api-routes', 'outreach-api'].map((role) => ({
      ...{ role, version: '7', weighted: [], urlAtAlias: role === 'outreach-api' ? undefined : true },
    })),
  ),
  infrastructure: seen([]),
  secrets: seen(agreeing),
  clockSkewSec: seen(1),
}

/** The same with other answers to some of the questions. */
export function answering(changes: Partial<Record<QuestionName, Partial<SeenAnswer>>>): Partial<Observations> {
  const changed = Object.entries(changes).map(([name, change]) => [name, seen({ ...page, asked: name, ...change })])
  return { answers: { ...well.answers, ...Object.fromEntries(changed) } }
}

export function wrong(group: StatusItem['group'], name: string, finding: string): Observations['infrastructure'] {
  return seen([{ group, name, standing: 'wrong', findings: [finding], next: '' }])
}

export const disagreeing: AgreementReport = {
  ...agreeing,
  agrees: false,
  disagreements: [{ about: 'outreach-server', why: 'reads another secret', next: 'npx zones infra apply develop' }],
}

export const freshlyRotated: AgreementReport = {
  ...agreeing,
  secrets: agreeing.secrets.map((one) => ({ ...one, ageSec: 60 })),
}
