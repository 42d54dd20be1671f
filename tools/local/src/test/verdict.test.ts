import { expect, test } from 'vitest'
import { checkCounts, playwrightCounts, rehearsalCounts, vitestCounts } from './reports.ts'
import { type Counts, countsOf, verdict } from './verdict.ts'

test.each<[why: string, reported: Counts | undefined, exitCode: number | null, counts: Counts]>([
  ['all is well', { passed: 5, failed: 0 }, 0, { passed: 5, failed: 0 }],
  ['some failed', { passed: 5, failed: 2 }, 1, { passed: 5, failed: 2 }],
  ['nothing ran', { passed: 0, failed: 0 }, 0, { passed: 0, failed: 1 }],
  ['no report', undefined, 0, { passed: 0, failed: 1 }],
  ['it broke outside of a test', { passed: 5, failed: 0 }, 1, { passed: 5, failed: 1 }],
  ['a signal ended it', { passed: 5, failed: 0 }, null, { passed: 5, failed: 1 }],
])('when %s the suite counts so', (_why, reported, exitCode, counts) => {
  expect(countsOf(reported, exitCode)).toEqual(counts)
})

test('the last line is the sum', () => {
  expect(
    verdict([
      { passed: 3, failed: 0 },
      { passed: 40, failed: 2 },
    ]),
  ).toBe('43 passed, 2 failed')
})

test('Vitest’s report is read; a file that could not be loaded is a failure, a skipped test is no pass', () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  }
  expect(vitestCounts(JSON.stringify(report))).toEqual({ passed: 7, failed: 2 })
})

test('Playwright’s report is read; a test that passed at the second try only has failed', () => {
  const report = { stats: { expected: 20, unexpected: 1, flaky: 1, skipped: 0 }, errors: [] }
  expect(playwrightCounts(JSON.stringify(report))).toEqual({ passed: 20, failed: 2 })
})

test('the last line of the checks is read, coloured or not', () => {
  expect(checkCounts('ok …\n\n\u001b[32m14 checks passed\u001b[39m, 1 failed in 3.10 s\n')).toEqual({
    passed: 14,
    failed: 1,
  })
})

test('acts of a rehearsal count one by one, and none at all is no count', () => {
  const text = JSON.stringify({ acts: [{ isRight: true }, { isRight: false }, { isRight: true }] })
  expect(rehearsalCounts(text)).toEqual({ passed: 2, failed: 1 })
  expect(rehearsalCounts('{"acts":[]}')).toBeUndefined()
})

test.each([['{'], ['{"stats":1}'], ['']])('a report that is %j counts as none', (text) => {
  const counts = [vitestCounts, playwrightCounts, checkCounts, rehearsalCounts].map((count) => count(text))
  expect(counts).toEqual([undefined, undefined, undefined, undefined])
})
