import { expect, test } from 'vitest'
import { judgePage, type PageObservation } from './navigation.ts'

const good: PageObservation = {
  path: '/patients',
  status: 200,
  title: 'Patients',
  textLength: 400,
  consoleErrors: [],
  failedRequests: [],
  foreignOrigins: [],
  layoutShift: 0.1,
}

test('a page without complaint is kept', () => {
  expect(judgePage(good, 5)).toMatchObject({ id: 'nav.page:/patients', outcome: 'kept', findings: [], durationMs: 5 })
})

test.each<[what: string, change: Partial<PageObservation>, finding: string]>([
  ['R3: a blank page', { textLength: 0 }, 'only 0 characters of text: a blank page'],
  ['a console error', { consoleErrors: ['Hydration failed'] }, 'console: Hydration failed'],
  ['a failed request', { failedRequests: ['404 /x.js'] }, 'request: 404 /x.js'],
  [
    'B7: a foreign origin',
    { foreignOrigins: ['https://fonts.test'] },
    'a foreign origin was asked: https://fonts.test',
  ],
  ['a jumping layout', { layoutShift: 0.101 }, 'layout shift 0.101, at most 0.1'],
  ['no title', { title: ' ' }, 'no title'],
  ['an error status', { status: 500 }, 'answered 500'],
])('%s is seen', (_what, change, finding) => {
  expect(judgePage({ ...good, ...change }, 0)).toMatchObject({ outcome: 'broken', findings: [finding] })
})
