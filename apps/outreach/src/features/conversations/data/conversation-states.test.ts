import { expect, test } from 'vitest'
import { conversationFixture } from '../conversation-fixture.ts'
import { createConversationStates } from './conversation-states.ts'

const early = conversationFixture({ id: 'a', asOf: '2026-11-02T15:00:00.000Z', unreadCount: 1 })
const late = conversationFixture({ id: 'a', asOf: '2026-11-02T15:00:01.000Z', unreadCount: 2 })

test('A3: the newest state counts, whichever came last', () => {
  const states = createConversationStates(() => 0)
  states.note([late])
  states.note([early])
  expect(states.newest().get('a')).toBe(late)
})

test('whoever listens is told of news, and of no news not', () => {
  const states = createConversationStates(() => 0)
  let told = 0
  const stop = states.subscribe(() => {
    told += 1
  })
  states.note([])
  states.note([early])
  stop()
  states.note([late])
  expect(told).toBe(1)
})

test('after a thousand conversations those not heard of for longest are forgotten', () => {
  const states = createConversationStates(() => 0)
  states.note([early, conversationFixture({ id: 'b' })])
  states.note([late])
  states.note(Array.from({ length: 999 }, (_, index) => conversationFixture({ id: `c${index}` })))
  expect([...states.newest().keys()].slice(0, 2)).toEqual(['a', 'c0'])
})

test('what one did is one’s own for ten seconds', () => {
  let nowMs = 1000
  const states = createConversationStates(() => nowMs)
  states.did(['a'])
  nowMs = 10_999
  expect([states.isMine('a'), states.isMine('b')]).toEqual([true, false])
  nowMs = 11_000
  expect(states.isMine('a')).toBe(false)
})
