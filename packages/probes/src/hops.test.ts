import { expect, test } from 'vitest'
import { facts, goodLines } from '../test/good-site.ts'
import { type HopsOwed, hopFindings } from './hops.ts'

/** As a deployed stage is looked at: the front door's own lines cannot be read there. */
const inStage: Omit<HopsOwed, 'routing'> = {
  door: 'host',
  person: facts.people.first,
  requestId: String(goodLines[0]?.fields.requestId),
  silent: ['edge'],
}
const withoutHost = goodLines.filter(({ service }) => service !== 'sleepconnect')

test('the hops of each routing mode are what is owed in it', () => {
  expect(hopFindings({ kind: 'logs', lines: goodLines }, { ...inStage, routing: 'host' })).toEqual([])
  expect(hopFindings({ kind: 'logs', lines: withoutHost }, { ...inStage, routing: 'edge' })).toEqual([])
})

test('a stage that is to have edge routing and still lets the host carry is found out', () => {
  expect(hopFindings({ kind: 'logs', lines: goodLines }, { ...inStage, routing: 'edge' })).toEqual([
    'sleepconnect wrote 1 request lines under the id, owed 0',
  ])
})

test('a stage that is to have host routing and goes past the host is found out', () => {
  expect(hopFindings({ kind: 'logs', lines: withoutHost }, { ...inStage, routing: 'host' })).toEqual([
    'sleepconnect wrote 0 request lines under the id, owed 1',
  ])
})
