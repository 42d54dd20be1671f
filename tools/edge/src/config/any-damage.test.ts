import { expect, test } from 'vitest'
import { fixture } from '../../test/template-fixture.ts'
import { configurationDocument } from './configuration-document.ts'
import { ConfigurationError } from './configuration-error.ts'
import { readDistributions } from './read-distribution.ts'

const DAMAGE: readonly unknown[] = [undefined, null, 0, 'x', [{}], { Ref: 'x' }]

/** Every copy of a document in which one value is replaced. */
function* damaged(value: unknown): Generator<unknown> {
  for (const one of DAMAGE) yield one
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) for (const inner of damaged(item)) yield value.with(i, inner)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      for (const inner of damaged(item)) yield { ...value, [key]: inner }
    }
  }
}

test.each(['by-hand.yaml', 'synthesized.json', 'live.json'])(
  'whatever single value of %s is damaged, it is read or refused with a place, never anything else',
  (name) => {
    const refusals = new Map<string, number>()
    for (const document of damaged(configurationDocument(fixture(name), name))) {
      try {
        readDistributions(JSON.stringify(document) ?? '', { fileName: name, functions: { 'rewrite-develop': '' } })
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error
        expect(error.where).toMatch(name)
        refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1)
      }
    }
    expect(refusals.get('malformed')).toBeGreaterThan(100)
    expect(refusals.get('unresolved')).toBeGreaterThan(50)
  },
)
