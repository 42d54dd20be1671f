import { expect, test } from 'vitest'
import { liveStreams } from './live-streams.ts'

const isLive = liveStreams(
  new Map([
    ['pages_develop', ['12']],
    ['routes_develop', ['3', '4']],
  ]),
  [{ role: 'pages', group: '/aws/lambda/pages_develop' }],
)

test.each<[what: string, stream: string, live: boolean]>([
  ['the version that people reach', '2026/11/28/[12]aabbcc', true],
  ['one that was tried and stopped', '2026/11/28/[13]aabbcc', false],
  ['what was uploaded and not published', '2026/11/28/[$LATEST]aabbcc', false],
  ['another function in the same group', '2026/11/28/routes_develop[4][aabbcc]', true],
  ['an old version of that one', '2026/11/28/routes_develop[12][aabbcc]', false],
  ['a function that is nobody of ours', '2026/11/28/strange[12][aabbcc]', false],
  ['a stream of another kind', 'insights', false],
])('%s', (_, stream, live) => {
  expect(isLive('pages', stream)).toBe(live)
})
