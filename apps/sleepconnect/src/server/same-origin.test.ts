import { expect, test } from 'vitest'
import { originOf } from './same-origin.ts'

test.each<[why: string, headers: Record<string, string>, expected: string]>([
  ['a page of this site', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:8080' }, 'this-site'],
  ['an old browser on a page of this site', { origin: 'http://localhost:8080' }, 'this-site'],
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 'elsewhere'],
  ['another name of the same site', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:8081' }, 'elsewhere'],
  [
    'another origin that claims to be this one',
    { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
    'elsewhere',
  ],
  ['a hidden origin', { origin: 'null' }, 'elsewhere'],
  ['an address typed by hand', { 'sec-fetch-site': 'none' }, 'elsewhere'],
  ['a client that is no browser', {}, 'unknown'],
])('%s', (_why, headers, expected) => {
  expect(originOf(new Headers(headers), 'http://localhost:8080')).toBe(expected)
})
