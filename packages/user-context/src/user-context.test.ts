import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knownRoles, parseClaims, parseSaxId } from './user-context.ts'

const claims = {
  sax_id: 1386,
  tenant_id: '00000000-0000-0000-0000-000000000001',
  practice_id: '00000000-0000-0000-0000-000000000020',
  email: 'ana@example.test',
  name: 'Ana',
}

describe('sax_id', () => {
  test.each<[value: unknown, id: number]>([
    [1386, 1386],
    ['1386', 1386],
    [1, 1],
    ['9007199254740991', 9_007_199_254_740_991],
  ])('%j is %d', (value, id) => {
    expect(parseSaxId(value)).toBe(id)
  })

  test.each<[value: unknown]>([
    [0],
    [-1],
    [1386.5],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [9_007_199_254_740_992],
    ['9007199254740992'],
    ['01386'],
    [' 1386'],
    ['1386\n'],
    ['1e3'],
    ['0x56a'],
    ['-5'],
    ['١٣٨٦'],
    [''],
    [null],
    [undefined],
    [true],
    [[1386]],
    [{ valueOf: () => 1386 }],
    [1386n],
  ])('%s is refused', (value) => {
    expect(parseSaxId(value)).toBeUndefined()
  })
})

describe('claims', () => {
  test('the least a token can say is a context without roles and practice name', () => {
    expect(parseClaims(claims)).toEqual({
      kind: 'ok',
      context: {
        saxId: 1386,
        tenantId: '00000000-0000-0000-0000-000000000001',
        practiceId: '00000000-0000-0000-0000-000000000020',
        email: 'ana@example.test',
        name: 'Ana',
        roles: [],
      },
    })
  })

  test('identifiers are compared in lower case everywhere, so they are read in lower case', () => {
    const parsed = parseClaims({ ...claims, tenant_id: 'ABCDEF00-0000-0000-0000-00000000000A' })
    expect(parsed.kind === 'ok' && parsed.context.tenantId).toBe('abcdef00-0000-0000-0000-00000000000a')
  })

  test.each([
    [{ sax_id: 'x' }],
    [{ sax_id: undefined }],
    [{ tenant_id: '00000000-0000-0000-0000-00000000000' }],
    [{ tenant_id: '00000000-0000-0000-0000-000000000001\n' }],
    [{ tenant_id: ['00000000-0000-0000-0000-000000000001'] }],
    [{ practice_id: '20' }],
    [{ practice_id: undefined }],
    [{ practice_name: 7 }],
    [{ email: undefined }],
    [{ name: { first: 'Ana' } }],
    [{ roles: 'administrator' }],
    [{ roles: { administrator: true } }],
  ])('%j in place of a good claim is refused', (wrong) => {
    expect(parseClaims({ ...claims, ...wrong })).toEqual({ kind: 'refused', code: 'malformed' })
  })

  test('roles a token invents are dropped, known ones come once and in order', () => {
    expect(knownRoles(['manager', 'root', 'coordinator', 'manager', 7, null, '__proto__'])).toEqual([
      'coordinator',
      'manager',
    ])
  })

  test('whatever the claims are, parsing them never throws and never invents a role', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.anything(), (others, roles) => {
        const parsed = parseClaims({ ...claims, ...others, roles })
        if (parsed.kind === 'ok') {
          expect(parsed.context.roles.every((role) => Array.isArray(roles) && roles.includes(role))).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})
