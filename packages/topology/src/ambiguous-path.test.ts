import { expect, test } from 'vitest'
import { type AmbiguousPath, ambiguityOf } from './ambiguous-path.ts'

test.each<[path: string, why: AmbiguousPath]>([
  ['http://evil.example/outreach', 'not_a_path'],
  ['*', 'not_a_path'],
  ['', 'not_a_path'],
  ['outreach', 'not_a_path'],
  ['/a\u0000b', 'control_or_foreign_character'],
  ['/a b', 'control_or_foreign_character'],
  ['/a\tb', 'control_or_foreign_character'],
  ['/caf\u00e9', 'control_or_foreign_character'],
  ['/a#b', 'control_or_foreign_character'],
  ['/outreach\\api', 'backslash'],
  ['/outreach;x=1/api', 'path_parameter'],
  ['//outreach', 'empty_segment'],
  ['/outreach//api', 'empty_segment'],
  ['/outreach///', 'empty_segment'],
  ['/outreach/../outreach/api', 'dot_segment'],
  ['/outreach/./api', 'dot_segment'],
  ['/outreach/..', 'dot_segment'],
  ['/..', 'dot_segment'],
  ['/outreach/.', 'dot_segment'],
  ['/a%', 'malformed_encoding'],
  ['/a%4', 'malformed_encoding'],
  ['/a%zz', 'malformed_encoding'],
  ['/a%u0041', 'malformed_encoding'],
  ['/a%ff', 'malformed_encoding'],
  ['/a%c0%af', 'malformed_encoding'],
  ['/outreach/api/outreach/%74emplates', 'needless_encoding'],
  ['/outreach/api/outreach/%63onversations', 'needless_encoding'],
  ['/%4futreach', 'needless_encoding'],
  ['/%4Futreach', 'needless_encoding'],
  ['/a%2e%2e/b', 'needless_encoding'],
  ['/a%2E/b', 'needless_encoding'],
  ['/a%2d', 'needless_encoding'],
  ['/a%5f', 'needless_encoding'],
  ['/a%7E', 'needless_encoding'],
  ['/a%30', 'needless_encoding'],
  ['/a%2fb', 'encoded_delimiter'],
  ['/a%5Cb', 'encoded_delimiter'],
  ['/a%252fb', 'encoded_delimiter'],
  ['/a%3bb', 'encoded_delimiter'],
  ['/a%00', 'encoded_delimiter'],
  ['/a%0d%0aset-cookie:x', 'encoded_delimiter'],
  ['/a%7f', 'encoded_delimiter'],
])('R10: %j is refused: %s', (path, why) => {
  expect(ambiguityOf(path)).toBe(why)
})

test.each([
  ['/'],
  ['/outreach'],
  ['/outreach/templates'],
  ['/outreach-static/_next/static/chunks/app/%5Bid%5D/page-1f.js'],
  ['/outreach-static/_next/static/chunks/[root-of-the-server]__1f._.js'],
  ['/patients/a%20b%2B%C3%A9'],
  ['/.well-known/x'],
  ['/a..b/c...d'],
  ['/~user/@tag:1,2!$&()*+='],
])('%j has one reading', (path) => {
  expect(ambiguityOf(path)).toBeUndefined()
})
