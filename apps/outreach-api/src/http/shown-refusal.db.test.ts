import { expect, test } from 'vitest'
import { type Answer, who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'

const site = sampleApi()
const { coordinator, otherCoordinator } = who

const maeve = '10000000-0000-4000-8000-000000000001'
const hers = '30000000-0000-4000-8000-000000000001'
/** One that she wrote, with which nothing can be done. */
const written = '40000000-0000-4000-8000-000000010001'

const post = (person: typeof coordinator, path: string, body?: object) =>
  site.api.as(person, path, { method: 'POST', ...(body === undefined ? {} : { body }) })
const looks = () =>
  site.db.query(
    'select action, patient_ids from app.audit_log where sax_id = $1 and $2 = any(conversation_ids) order by at',
    [otherCoordinator.saxId, hers],
  )

/** What tells a person who is refused how things are. */
const refusals: readonly (readonly [what: string, action: string, ask: () => Promise<Answer>])[] = [
  [
    'hand over what somebody else has by now',
    'conversations.read',
    () => post(otherCoordinator, `/conversations/${hers}/assign`, { saxId: null, expectedSaxId: 999 }),
  ],
  [
    'claim what somebody else is answering',
    'conversations.read',
    async () => {
      await post(coordinator, `/conversations/${hers}/claim`)
      return post(otherCoordinator, `/conversations/${hers}/claim`)
    },
  ],
  [
    'answer what somebody else has answered',
    'conversations.read',
    async () => {
      const body = { body: 'Good morning', seenSeq: 999 }
      await post(coordinator, `/conversations/${hers}/messages`, { ...body, clientId: crypto.randomUUID() })
      const unseen = { ...body, clientId: crypto.randomUUID(), seenSeq: 0 }
      return post(otherCoordinator, `/conversations/${hers}/messages`, unseen)
    },
  ],
  ['call off what cannot be', 'messages.read', () => post(otherCoordinator, `/messages/${written}/cancel`)],
  ['send now what does not wait', 'messages.read', () => post(otherCoordinator, `/messages/${written}/send-now`)],
  ['send again what was not given up', 'messages.read', () => post(otherCoordinator, `/messages/${written}/retry`)],
  [
    'begin what there is',
    'conversations.check_duplicate',
    () => post(otherCoordinator, '/conversations', { phone: '617 555 0101' }),
  ],
]

test.each(refusals)(
  'who may not %s sees the conversation, and is in the access log as %s',
  async (_what, action, ask) => {
    const before = await looks()
    const answer = await ask()
    expect(answer.status).toBe(409)
    expect(Object.keys(answer.body.details)).toHaveLength(1)
    expect((await looks()).slice(before.length)).toEqual([{ action, patient_ids: [maeve] }])
  },
)

test('what cannot be recorded is not shown', async () => {
  await site.db.query('alter table app.audit_log rename to elsewhere')
  const answer = await post(otherCoordinator, `/messages/${written}/cancel`)
  await site.db.query('alter table app.elsewhere rename to audit_log')
  expect([answer.status, answer.body.code, answer.body.details]).toEqual([500, 'INTERNAL_ERROR', undefined])
})
