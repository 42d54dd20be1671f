import { expect, test } from 'vitest'
import { liveWriters } from './live-streams.ts'

const writerOf = liveWriters(
  new Map([
    ['pages_develop', ['12']],
    ['routes_develop', ['3', '4']],
  ]),
)
const group = {
  ...{ role: 'pages', group: '/aws/lambda/pages_develop' },
  writers: [
    { name: 'pages_develop', role: 'pages' },
    { name: 'routes_develop', role: 'routes' },
  ],
}

test.each<[what: string, stream: string, writer: string | undefined]>([
  ['the version that people reach', '2026/11/28/[12]aabbcc', 'pages'],
  ['one that was tried and stopped', '2026/11/28/[13]aabbcc', undefined],
  ['what was uploaded and not published', '2026/11/28/[$LATEST]aabbcc', undefined],
  ['another function in the same group', '2026/11/28/routes_develop[4][aabbcc]', 'routes'],
  ['an old version of that one', '2026/11/28/routes_develop[12][aabbcc]', undefined],
  ['a function that is nobody of ours', '2026/11/28/strange[12][aabbcc]', undefined],
  ['a stream of another kind', 'insights', undefined],
])('%s', (_, stream, writer) => {
  expect(writerOf(group, stream)).toBe(writer)
})
