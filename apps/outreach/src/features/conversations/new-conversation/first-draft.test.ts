import { expect, test } from 'vitest'
import { emptyFirstDraft, type FirstDraft, firstDraftKey, keepFirstDraft, parseFirstDraft } from './first-draft.ts'

function storage() {
  const kept = new Map<string, string>()
  return {
    kept,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

const whole: FirstDraft = {
  text: "O'Brien <b>x</b> 李 \n🙂",
  phone: '(617) 555-0101',
  templateId: '20000000-0000-4000-8000-000000000001',
  patientId: '10000000-0000-4000-8000-000000000001',
  attempt: {
    conversationKey: '00000000-0000-4000-8000-0000000000c1',
    messageId: '00000000-0000-4000-8000-0000000000c2',
    scheduledFor: '2026-11-03T12:00:00.000Z',
  },
}

test('A9: a first message is kept as it was typed, with whom it is for, under its own person and practice', () => {
  const { kept, ...browser } = storage()
  const key = firstDraftKey({ saxId: 7, practiceId: 'p' })
  expect(keepFirstDraft(browser, key, whole, 1)).toBe(true)
  expect([...kept.keys()]).toEqual(['outreach-message:7:p:new'])
  expect(parseFirstDraft(kept.get(key) ?? null)).toEqual(whole)
})

test('of the patient nothing but the id is kept, and the time beside it all', () => {
  const { kept, ...browser } = storage()
  keepFirstDraft(browser, 'k', whole, 1)
  expect(Object.keys(JSON.parse(kept.get('k') ?? '')).toSorted()).toEqual([
    'attempt',
    'keptAtMs',
    'patientId',
    'phone',
    'templateId',
    'text',
  ])
})

test.each([
  ['a number', { text: '', phone: '6175550101' }],
  ['a patient', { text: '  \n', phone: '', patientId: '10000000-0000-4000-8000-000000000001' }],
])('%s without words is not kept, and what was kept before is gone', (_what, draft) => {
  const { kept, ...browser } = storage()
  keepFirstDraft(browser, 'k', whole, 1)
  keepFirstDraft(browser, 'k', draft, 1)
  expect(kept.size).toBe(0)
})

test.each([null, 'no JSON', 'null', '[]', '{"text":"Hello"}', '{"text":1,"phone":""}'])(
  'what cannot be read (%s) is an empty draft',
  (text) => {
    expect(parseFirstDraft(text)).toEqual(emptyFirstDraft)
  },
)

test.each(['"patientId":"Maeve"', '"templateId":7', '"attempt":{"messageId":"x"}', '"attempt":null'])(
  'what is no id (%s) is left out, and the words stay',
  (more) => {
    expect(parseFirstDraft(`{"text":"Hello","phone":"",${more}}`)).toEqual({ text: 'Hello', phone: '' })
  },
)

test('a browser that keeps nothing is told to the caller', () => {
  const full = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  expect(keepFirstDraft({ setItem: full, removeItem: full }, 'k', whole, 1)).toBe(false)
})
