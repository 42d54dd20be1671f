import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { carrierFixture, harbor, maeve, poolTwo } from '../../../test/carrier-fixture.ts'
import { playScript } from './play-script.ts'
import { parseScript } from './script.ts'

test.each<[why: string, text: string, line: number]>([
  ['no JSON', '{"from": "+16175550101"}\n\nhello', 3],
  ['an unknown word', '{"from": "+16175550101", "shouts": "HI"}', 1],
  ['a number that is none', '{"from": "Maeve", "says": "Hi"}', 1],
  ['neither a phone nor the carrier', '# a comment\n{"says": "Hi"}', 2],
  ['a carrier that cannot be', '{"carrier": {"callbackCopies": 9}}', 1],
  ['too many lines', '{"from": "+16175550101"}\n'.repeat(1001), 1001],
])('%s is refused with its line', (_why, text, line) => {
  expect(parseScript(text)).toMatchObject({ kind: 'refused', line })
})

test('a script says who writes what after how long, waits for an answer, and changes the carrier', async () => {
  const { carrier, time, send } = carrierFixture()
  const script = parseScript(
    [
      '# from whom the practice hears',
      `{"from": "${maeve}", "to": "${poolTwo}", "says": "Hi", "picture": true}`,
      '{"afterMs": 500, "carrier": {"callbackCopies": 2}}',
      `{"until": "${maeve}", "hears": "Hello", "withinMs": 5000}`,
      `{"afterMs": 1000, "from": "${maeve}", "says": "Thanks, José 李"}`,
    ].join('\n'),
  )
  if (script.kind === 'refused') throw new Error(script.why)
  const pauses: number[] = []
  const played = await playScript(script.lines, {
    carrier,
    signal: AbortSignal.timeout(5000),
    pause: async (ms) => {
      pauses.push(ms)
      if (pauses.length === 2) send()
      await time.pass(ms)
    },
  })
  expect(played).toEqual({ kind: 'played', lines: 4 })
  expect([pauses[0], pauses.at(-1)]).toEqual([500, 1000])
  expect(carrier.behaviour.callbackCopies).toBe(2)
  // The last line goes to whom the phone heard from.
  expect(carrier.phones.of(maeve).map(({ kind, number, text }) => [kind, number, text])).toEqual([
    ['mine', poolTwo, 'Hi'],
    ['practice', harbor, 'Hello'],
    ['mine', harbor, 'Thanks, José 李'],
  ])
  expect(carrier.phones.of(maeve)[0]?.media).toHaveLength(1)
})

test.each<[why: string, text: string, outcome: object]>([
  ['nobody has the number', `{"from": "${maeve}", "to": "+19995550100"}`, { line: 1, why: 'no_such_number' }],
  ['nobody answers', `{"until": "${maeve}", "withinMs": 100}`, { line: 1, why: 'not_heard' }],
])('a script stops where %s', async (_why, text, outcome) => {
  const { carrier } = carrierFixture()
  const script = parseScript(text)
  if (script.kind === 'refused') throw new Error(script.why)
  const playing = { carrier, signal: AbortSignal.timeout(5000), pause: async () => undefined }
  expect(await playScript(script.lines, playing)).toEqual({ kind: 'stopped', ...outcome })
})

test('a script that nobody waits for any more is broken off', async () => {
  const { carrier } = carrierFixture()
  const played = playScript([{ afterMs: 3_600_000, from: maeve, says: 'Hi', picture: false }], {
    carrier,
    signal: AbortSignal.abort(),
  })
  expect(await played).toEqual({ kind: 'stopped', line: 1, why: 'broken_off' })
  expect(carrier.phones.all).toEqual([])
})

test('the script that comes along can be read', () => {
  const text = readFileSync(new URL('./two-patients.jsonl', import.meta.url), 'utf8')
  expect(parseScript(text)).toMatchObject({ kind: 'script' })
})
