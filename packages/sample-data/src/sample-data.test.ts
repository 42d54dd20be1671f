import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { categories, conversations, openingHours, patients, people, practices, templates, tenants } from './index.ts'

test('the amounts are the documented ones', () => {
  expect(tenants).toHaveLength(2)
  expect(practices).toHaveLength(5)
  expect(people).toHaveLength(12)
  expect(patients).toHaveLength(400)
  expect(templates).toHaveLength(30)
  expect(conversations).toHaveLength(120)
})

test('the seed identifiers of the deployment checklist are there', () => {
  expect(people[0]).toMatchObject({
    saxId: 1386,
    sub: 'sample|1386',
    tenantId: '00000000-0000-0000-0000-000000000001',
    practiceId: '00000000-0000-0000-0000-000000000020',
    roles: ['coordinator'],
  })
  expect(templates[0]).toMatchObject({
    name: 'Welcome Message',
    tenantId: '00000000-0000-0000-0000-000000000001',
    practiceId: '00000000-0000-0000-0000-000000000020',
    ownerSaxId: null,
  })
})

test('ids, subjects, e-mails and telephone numbers are unique', () => {
  for (const values of [
    [...tenants, ...practices, ...patients, ...templates, ...conversations].map(({ id }) => id),
    conversations.flatMap(({ messages, notes }) => [...messages, ...notes]).map(({ id }) => id),
    conversations.map(({ practiceId, patientPhone }) => `${practiceId} ${patientPhone}`),
    people.map(({ sub }) => sub),
    people.map(({ saxId }) => String(saxId)),
    people.map(({ email }) => email),
    [...practices, ...patients].flatMap(({ phone }) => phone ?? []),
  ]) {
    expect(new Set(values).size).toBe(values.length)
  }
})

test('the data is the same in every release: patients, templates and conversations hash to the recorded values', () => {
  const sha = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
  expect({ patients: sha(patients), templates: sha(templates), conversations: sha(conversations) }).toEqual({
    patients: '534e5830d1010920',
    templates: '773702edfc4ccbb1',
    conversations: '3840a1bdd5819296',
  })
})

test('every telephone number is one that is reserved for fiction, every e-mail lies under .test', () => {
  for (const { patientPhone } of conversations) expect(patientPhone).toMatch(/^\+1\d{3}55501\d\d$/)
  for (const { phone } of [...practices, ...patients]) if (phone !== null) expect(phone).toMatch(/^\+1\d{3}55501\d\d$/)
  for (const { email } of [...people, ...patients]) if (email !== null) expect(email).toMatch(/\.test$/)
})

test.each([
  ["O'Brien", '+16175550101'],
  ['Núñez', '+16175550102'],
  ['St. John-Smith Jr.', '+16175550103'],
  ['李', '+16175550104'],
  ['الأحمد', '+16175550105'],
  ['לוי', '+16175550106'],
])('the seed practice has a patient called %s', (lastName, phone) => {
  const found = patients.find((patient) => patient.lastName === lastName)
  expect(found).toMatchObject({ practiceId: '00000000-0000-0000-0000-000000000020', phone })
})

test('a patient whose first name is markup is there, untouched', () => {
  expect(patients.some(({ firstName }) => firstName === '<b>x</b>')).toBe(true)
})

test('everything of a practice belongs to the tenant of that practice', () => {
  const tenantOf = new Map<string, string>(practices.map(({ id, tenantId }) => [id, tenantId]))
  for (const { practiceId, tenantId } of [
    ...patients,
    ...templates,
    ...people,
    ...conversations,
    ...openingHours,
    ...people.flatMap((p) => p.memberships),
  ]) {
    if (practiceId !== null) expect(tenantOf.get(practiceId)).toBe(tenantId)
  }
})

test('one member of staff has roles in practices of both tenants', () => {
  const crossing = people.filter(({ memberships }) => new Set(memberships.map(({ tenantId }) => tenantId)).size === 2)
  expect(crossing.map(({ saxId }) => saxId)).toEqual([3500])
})

test('templates use known categories, and there are shared, tenant-wide and private ones in both tenants', () => {
  const slugs = new Set<string>(categories.map(({ slug }) => slug))
  expect(templates.every(({ category }) => slugs.has(category))).toBe(true)
  for (const { id } of tenants) {
    const own = templates.filter(({ tenantId }) => tenantId === id)
    expect(own.some(({ ownerSaxId }) => ownerSaxId !== null)).toBe(true)
    expect(own.some(({ practiceId }) => practiceId === null)).toBe(true)
    expect(own.some(({ practiceId, ownerSaxId }) => practiceId !== null && ownerSaxId === null)).toBe(true)
  }
})

test('every shared template was written by somebody who exists', () => {
  const known = new Set(people.map(({ saxId }) => saxId))
  expect(templates.every(({ updatedBySaxId }) => known.has(updatedBySaxId))).toBe(true)
})

test('the seed practice has somebody of every kind: waiting, answered, unknown, shared, stopped, unsure, archived, failed', () => {
  const harbor = conversations.filter(({ practiceId }) => practiceId === '00000000-0000-0000-0000-000000000020')
  const kinds = {
    unread: harbor.filter(({ unread }) => unread > 0).length,
    unknown: harbor.filter(({ patientIds }) => patientIds.length === 0).length,
    shared: harbor.filter(({ patientIds }) => patientIds.length > 1).length,
    stopped: harbor.filter(({ consent }) => consent === 'opted_out').length,
    unsure: harbor.filter(({ consent }) => consent === 'held').length,
    failed: harbor.filter(({ messages }) => messages.some(({ errorCode }) => errorCode !== null)).length,
  }
  expect(kinds).toEqual({ unread: 9, unknown: 2, shared: 1, stopped: 1, unsure: 1, failed: 2 })
  expect(harbor.some(({ status }) => status === 'archived')).toBe(true)
})

test('messages of a conversation are in order, and those who write work in its practice', () => {
  for (const { messages, practiceId, tenantId } of conversations) {
    const ages = messages.map(({ minutesAgo }) => minutesAgo)
    expect(ages).toEqual([...ages].sort((a, b) => b - a))
    for (const { authorSaxId } of messages) {
      const author = people.find(({ saxId }) => saxId === authorSaxId)
      const works = author?.memberships.some(
        (held) => held.tenantId === tenantId && [null, practiceId].includes(held.practiceId),
      )
      expect(authorSaxId === null || works).toBe(true)
    }
  }
})
