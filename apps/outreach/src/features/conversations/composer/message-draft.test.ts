import { expect, test } from 'vitest'
import { draftKey, emptyDraft, keepDraft, parseDraft, withWords } from './message-draft.ts'

test('A9: a draft is kept as it was typed', () => {
  const kept = new Map<string, string>()
  const storage = {
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const key = draftKey({ saxId: 7, practiceId: 'p' }, 'k')
  const draft = { text: "O'Brien <b>x</b> 李 \n🙂", templateId: 't' }
  expect(keepDraft(storage, key, draft, 1_795_953_600_000)).toBe(true)
  expect(JSON.parse(kept.get(key) ?? '')).toEqual({ ...draft, keptAtMs: 1_795_953_600_000 })
  expect(parseDraft(kept.get('outreach-message:7:p:k') ?? null)).toEqual(draft)
  keepDraft(storage, key, { text: '' }, 1)
  expect(kept.size).toBe(0)
})

test("nobody sees another person's draft, nor that of another practice", () => {
  const keys = [
    draftKey({ saxId: 7, practiceId: 'p' }, 'k'),
    draftKey({ saxId: 8, practiceId: 'p' }, 'k'),
    draftKey({ saxId: 7, practiceId: 'q' }, 'k'),
  ]
  expect(keys).toEqual(['outreach-message:7:p:k', 'outreach-message:8:p:k', 'outreach-message:7:q:k'])
})

test.each([null, 'no JSON', 'null', '{"text": 1}', '[]'])('what cannot be read (%s) is an empty draft', (text) => {
  expect(parseDraft(text)).toEqual(emptyDraft)
})

test('a browser that keeps nothing is told to the caller', () => {
  const full = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  expect(keepDraft({ setItem: full, removeItem: full }, 'k', { text: 'x' }, 1)).toBe(false)
})

test('a picture waits with the draft, with words or without', () => {
  const kept = new Map<string, string>()
  const storage = {
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const picture = { id: '50000000-0000-4000-8000-000000000001', contentType: 'image/png', bytes: 67 }
  keepDraft(storage, 'k', { text: '', picture }, 1)
  expect(parseDraft(kept.get('k') ?? null)).toEqual({ text: '', templateId: undefined, picture })
  keepDraft(storage, 'k', { text: '' }, 1)
  expect(kept.size).toBe(0)
})

test.each(['null', '"x"', '{"id":1}', '{"id":"a","contentType":"b"}'])('a picture that is %s is none', (picture) => {
  expect(parseDraft(`{"text":"Hello","picture":${picture}}`)).toEqual({ text: 'Hello', templateId: undefined })
})

test('words that were not sent stand above what is being written, and take none of it away', () => {
  const picture = { id: 'a', contentType: 'image/png', bytes: 67 }
  expect(withWords(emptyDraft, { text: 'Dear Maeve' })).toMatchObject({ text: 'Dear Maeve' })
  expect(withWords({ text: 'By the way', picture }, { text: 'Dear Maeve', templateId: 't' })).toEqual({
    text: 'Dear Maeve\nBy the way',
    templateId: 't',
    picture,
  })
})
