import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RawCase, rawCases } from '../test/raw-http/cases.ts'
import { mutated, parts, pick, seeded } from '../test/raw-http/mutations.ts'
import { type RawOutcome, type RawSite, startRawSite } from '../test/raw-http/raw-site.ts'
import { readStrictly, type StrictReading, type StrictRequest } from '../test/raw-http/strict-reader.ts'

const INPUTS_PER_SEED = 1000

let site: RawSite

beforeAll(async () => {
  site = await startRawSite()
})

afterAll(() => site.close())

test.each([1, 2, 3, 4])(
  'seed %i: whatever is sent, no more requests come out than a strict reader finds in it',
  async (seed) => {
    const random = seeded(seed)
    const textsOf = (cases: readonly RawCase[]) =>
      cases.map(({ text }) => text.replaceAll('{host}', site.door.host)).filter(isShort)
    const texts = textsOf(rawCases)
    const good = textsOf(rawCases.filter(({ reaches }) => reaches.length > 0))
    let reached = 0
    for (let input = 0; input < INPUTS_PER_SEED; input += 1) {
      const text = mutated(pick(input % 2 === 0 ? good : texts, random), texts, random)
      const strict = readStrictly(text)
      const methods = strict.requests.map(({ method }) => method)
      const outcome = await site.send(parts(text, random), strict.requests.length, methods)
      expect(faults(strict, outcome), `input ${input}: ${JSON.stringify(text)}`).toEqual([])
      reached += outcome.reached.length
    }
    expect(site.origin.broken).toEqual([])
    expect(site.door.errors).toEqual([])
    // The set would be worth little if nothing of it went through.
    expect(reached).toBeGreaterThan(INPUTS_PER_SEED / 10)
  },
  60_000,
)

/** In what the front door and the strict reader differ, in a way that somebody could use. */
function faults(strict: StrictReading, outcome: RawOutcome): readonly string[] {
  const { answers, reached, mixedUp, isPrompt, end } = outcome
  const mayRefuse = strict.end === 'whole' ? 0 : 1
  return [
    ...(isPrompt ? [] : ['somebody waits for ever']),
    ...(end === 'whole' ? [] : [`the answers are ${end}`]),
    ...(answers.length <= strict.requests.length + mayRefuse ? [] : ['an answer too many']),
    ...(isWithin(reached, strict.requests) ? [] : [`reached: ${reached.map(named).join(', ')}`]),
    ...answers.flatMap(({ status, body }, i) => {
      const request = strict.requests[i]
      const isOwn = request !== undefined && (body === named(request) || request.method === 'HEAD')
      return status !== 200 || isOwn ? [] : [`answer ${i} is another's: ${body}`]
    }),
    ...mixedUp.map((got) => `somebody else got ${got}`),
  ]
}

/** True when the requests that came out are some of those that went in, in their order and with their bodies. */
function isWithin(out: readonly StrictRequest[], sent: readonly StrictRequest[]): boolean {
  let at = 0
  for (const request of out) {
    while (at < sent.length && !isSame(sent[at], request)) at += 1
    if (at === sent.length) return false
    at += 1
  }
  return true
}

function isSame(one: StrictRequest | undefined, other: StrictRequest): boolean {
  return one !== undefined && named(one) === named(other) && one.body === other.body
}

function named({ method, target }: StrictRequest): string {
  return `${method} ${target}`
}

function isShort(text: string): boolean {
  return text.length < 5000
}
