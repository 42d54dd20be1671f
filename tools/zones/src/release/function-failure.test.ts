import { expect, test } from 'vitest'
import { failureText } from './function-failure.ts'

const report = (used: number) =>
  `something of the function's own\nREPORT RequestId: 1\tDuration: 5 ms\tMemory Size: 512 MB\tMax Memory Used: ${used} MB\tStatus: error\n`
/** As functions whose log is JSON have it. */
const jsonReport = (used: number) =>
  `{"message":"Memory Size: 1 MB"}\n{"type":"platform.report","record":{"status":"error","metrics":{"durationMs":5,"memorySizeMB":128,"maxMemoryUsedMB":${used}}}}\n`

test.each<[errorType: string, logTail: string, text: string]>([
  ['Runtime.ExitError', report(512), 'is killed for want of memory (it has 512 MB)'],
  ['Runtime.ExitError', jsonReport(128), 'is killed for want of memory (it has 128 MB)'],
  ['Runtime.ExitError', jsonReport(116), 'is killed for want of memory (it has 128 MB)'],
  ['Runtime.ExitError', jsonReport(60), 'fails (Runtime.ExitError)'],
  ['Runtime.OutOfMemory', '', 'is killed for want of memory'],
  ['Runtime.ExitError', 'FATAL ERROR: JavaScript heap out of memory', 'is killed for want of memory'],
  ['Runtime.ExitError', report(90), 'fails (Runtime.ExitError)'],
  ['TypeError', report(512), 'fails (TypeError)'],
  ['Sandbox.Timedout', report(90), 'runs out of time'],
])('%s %j: %s', (errorType, logTail, text) => {
  expect(failureText({ kind: 'failed', errorType, logTail })).toBe(text)
})
