import { expect, test } from 'vitest'
import { assetLayout, assetRuleOf } from './asset-layout.ts'
import { host, outreach } from './zones.ts'

const IMMUTABLE = 'public,max-age=31536000,immutable'

test.each([
  ['outreach-static/_next/static/chunks/a1.js', '.next/static', IMMUTABLE],
  ['outreach-static/logo.svg', 'public', 'public,max-age=86400'],
])("the zone's %s comes from %s and is kept: %s", (key, from, cacheControl) => {
  expect(assetRuleOf(assetLayout(outreach), key)).toMatchObject({ from, cacheControl })
})

test("the host's bucket holds hashed files and nothing else", () => {
  expect(assetRuleOf(assetLayout(host), '_next/static/chunks/a1.js')).toMatchObject({ cacheControl: IMMUTABLE })
  expect(assetRuleOf(assetLayout(host), 'patients')).toBeUndefined()
})

test.each(['outreach-static/_next/static/', 'outreach-static/', 'outreach/templates', '', '_next/static/a.js'])(
  'no file of the zone lies at %j',
  (key) => {
    expect(assetRuleOf(assetLayout(outreach), key)?.keyPrefix === key ? key : undefined).toBeUndefined()
    if (!key.startsWith('outreach-static/_next')) expect(assetRuleOf(assetLayout(outreach), key)).toBeUndefined()
  },
)
