import { expect, test } from 'vitest'
import { type SourceArguments, valueSources } from './value-sources.ts'

const given = (more: Partial<SourceArguments>) => valueSources({ names: [], generate: [], ...more })
const sourcesOf = (more: Partial<SourceArguments>) => {
  const wanted = given(more)
  return wanted.kind === 'ok' ? Object.fromEntries(wanted.sources) : wanted.why
}

test('without a name, every secret that has no value is asked for', () => {
  expect(given({})).toEqual({
    kind: 'ok',
    missingOnly: true,
    sources: new Map([
      ['auth0', 'asked'],
      ['session', 'asked'],
      ['twilio', 'asked'],
      ['user-context', 'asked'],
    ]),
  })
})

test.each<[what: string, more: Partial<SourceArguments>, sources: object]>([
  ['names alone', { names: ['twilio', 'auth0'] }, { twilio: 'asked', auth0: 'asked' }],
  ['a piped one', { stdin: 'auth0' }, { auth0: 'piped' }],
  ['made ones', { generate: ['session', 'user-context'] }, { session: 'generated', 'user-context': 'generated' }],
  [
    'a piped one that is named too',
    { names: ['auth0', 'twilio'], stdin: 'auth0' },
    { auth0: 'piped', twilio: 'asked' },
  ],
  ['the legacy pair', { names: ['user-context'], sameAs: 'auth0' }, { 'user-context': 'auth0' }],
])('%s', (_what, more, sources) => {
  expect(sourcesOf(more)).toEqual(sources)
})

const secret = 'k7Jq2mV9xTz4Rb8NwLp3Yc6HdFs5Ga1E'

test.each<[what: string, more: Partial<SourceArguments>, why: string]>([
  ['a value among the names', { names: ['auth0', secret] }, 'A value is never an argument'],
  ['a value after --stdin', { stdin: secret }, 'A value is never an argument'],
  ['a value after --generate', { generate: [secret] }, 'A value is never an argument'],
  ['a value after --same-as', { sameAs: secret }, '--same-as takes auth0 alone'],
  ['a value that Auth0 makes', { generate: ['auth0'] }, '--generate is for session and user-context'],
  ['two sources of one value', { stdin: 'session', generate: ['session'] }, 'from one place'],
  ['two sources of the signing secret', { generate: ['user-context'], sameAs: 'auth0' }, 'from one place'],
])('%s is refused, and not repeated', (_what, more, why) => {
  expect(sourcesOf(more)).toContain(why)
  expect(sourcesOf(more)).not.toContain(secret)
})
