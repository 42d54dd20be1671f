import { expect, test } from 'vitest'
import { checkCounts, playwrightCounts, rehearsalCounts, vitestCounts } from './reports.ts'
import { type Counts, countsOf, verdict } from './verdict.ts'

test.each<[why: string, reported: Counts | undefined, exitCode: number | null, counts: Counts]>([
  ['all is well', { passed: 5, failed: 0 }, 0, { passed: 5, failed: 0 }],
  ['some failed', { passed: 5, failed: 2 }, 1, { passed: 5, failed: 2 }],
  ['nothing ran', { passed: 0, failed: 0 }, 0, { passed: 0, failed: 1 }],
  ['no report', undefined, 0, { passed: 0, failed: 1 }],
  ['it broke outside of a test', { passed: 5, failed: 0 }, 1, { passed: 5, failed: 1 }],
  ['the report names them', { passed: 5, failed: 1, failures: ['x'] }, 1, { passed: 5, failed: 1, failures: ['x'] }],
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
  const assertion = { status: 'passed', fullName: 'a sum is a sum' }
  const why = ['\u001b[31mAssertionError: expected 1 to be 2\u001b[39m\n    at sum.test.ts:3', 'second try']
  const report = {
    numPassedTests: 7,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      { status: 'failed', name: 'torn.test.ts', message: 'Unexpected token\n  3 | x', assertionResults: [] },
      {
        status: 'failed',
        name: 'sum.test.ts',
        assertionResults: [assertion, { ...assertion, status: 'failed', failureMessages: why }],
      },
      { status: 'passed', name: 'fine.test.ts', assertionResults: [assertion] },
    ],
  }
  expect(vitestCounts(JSON.stringify(report))).toEqual({
    passed: 7,
    failed: 2,
    failures: [
      'torn.test.ts › did not load › Unexpected token',
      'sum.test.ts › a sum is a sum › AssertionError: expected 1 to be 2',
    ],
  })
})

test('Playwright’s report is read; passed at the second try, or not run, is a failure', () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: 'a.spec.ts',
    tests: [{ status, results: message === undefined ? [{}] : [{ errors: [{ message }] }] }],
  })
  const slow =
    '\u001b[31mError: expect(received).toBeLessThan(expected)\u001b[39m\n\nExpected: < 5\nReceived:   7\n    at x'
  const report = {
    stats: { expected: 20, unexpected: 1, flaky: 1, skipped: 1 },
    errors: [{ message: '\u001b[31mError: worker did not end\u001b[39m\n    at x.ts' }],
    suites: [
      {
        specs: [spec('one signs in', 'expected')],
        suites: [
          { specs: [spec('one saves', 'unexpected', slow), spec('one leaves', 'flaky'), spec('two', 'skipped')] },
        ],
      },
    ],
  }
  expect(playwrightCounts(JSON.stringify(report))).toEqual({
    passed: 20,
    failed: 3,
    failures: [
      'a.spec.ts › one saves › Error: expect(received).toBeLessThan(expected) · Expected: < 5 · Received:   7',
      'a.spec.ts › one leaves › flaky',
      'a.spec.ts › two › skipped',
      'browser › outside of any test › Error: worker did not end',
    ],
  })
})

test('a test of the browser that took too long says what it waited for, where, and how long its steps took', () => {
  const result = {
    errors: [
      { message: 'Test timeout of 90000ms exceeded.' },
      { message: 'Error: locator.click: Test ended.\nCall log:\n  - waiting for the row', location: { line: 12 } },
    ],
    steps: [
      { title: 'one sends', duration: 4_321 },
      { title: 'one reads', duration: 85_600, error: { message: 'Error: locator.click: Test ended.' } },
    ],
  }
  const tests = [{ status: 'unexpected', projectName: 'edge routing', results: [result] }]
  const report = {
    stats: { expected: 0, unexpected: 1, flaky: 0, skipped: 0 },
    suites: [{ specs: [{ title: 'a day', file: 'a.spec.ts', tests }] }],
  }
  expect(playwrightCounts(JSON.stringify(report))?.failures).toEqual([
    'a.spec.ts (edge routing) › a day › Test timeout of 90000ms exceeded. › Error: locator.click: Test ended. · Call log: · - waiting for the row (line 12) › steps: one sends 4.3 s, failed: one reads 85.6 s',
  ])
})

test('of a long failure as much is told as says which of many findings it was, and no more', () => {
  const tellingOf = (message: string) => {
    const assertionResults = [{ status: 'failed', fullName: 'many', failureMessages: [message] }]
    const testResults = [{ status: 'failed', name: 'a.test.ts', assertionResults }]
    return vitestCounts(JSON.stringify({ numPassedTests: 0, numFailedTests: 1, testResults }))?.failures?.[0] ?? ''
  }
  const lines = Array.from({ length: 30 }, (_, index) => `finding ${index + 1}`)
  expect(tellingOf(lines.join('\n'))).toBe(`a.test.ts › many › ${lines.slice(0, 24).join(' · ')}`)
  expect(tellingOf('x'.repeat(2000))).toBe(`a.test.ts › many › ${'x'.repeat(1000)}`)
})

test('the last line of the checks is read, coloured or not', () => {
  expect(checkCounts('ok …\n\n\u001b[32m14 checks passed\u001b[39m, 1 failed in 3.10 s\n')).toEqual({
    passed: 14,
    failed: 1,
  })
})

test('acts of a rehearsal count one by one, and none at all is no count', () => {
  const text = JSON.stringify({
    acts: [
      { title: 'A is released', isRight: true },
      { title: 'B is slow', isRight: false },
      { title: 'A is gone back to', isRight: true },
    ],
  })
  expect(rehearsalCounts(text)).toEqual({ passed: 2, failed: 1, failures: ['rehearsal › B is slow'] })
  expect(rehearsalCounts('{"acts":[]}')).toBeUndefined()
})

test.each([['{'], ['{"stats":1}'], ['']])('a report that is %j counts as none', (text) => {
  const counts = [vitestCounts, playwrightCounts, checkCounts, rehearsalCounts].map((count) => count(text))
  expect(counts).toEqual([undefined, undefined, undefined, undefined])
})
