import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTemplate } from './parse.ts'
import { renderTemplate } from './render.ts'
import { messageSize } from './segments.ts'

const problemsOf = (content: string) => parseTemplate(content).problems.map(({ code, index }) => [code, index])

describe('reading', () => {
  test('words and variables come in their order, each name once', () => {
    expect(parseTemplate('Hi {{firstName}}, {{ practiceName }} and {{firstName}}')).toEqual({
      parts: [
        { kind: 'text', text: 'Hi ' },
        { kind: 'variable', name: 'firstName' },
        { kind: 'text', text: ', ' },
        { kind: 'variable', name: 'practiceName' },
        { kind: 'text', text: ' and ' },
        { kind: 'variable', name: 'firstName' },
      ],
      variables: ['firstName', 'practiceName'],
      problems: [],
    })
  })

  test.each<[content: string, problems: readonly (readonly [string, number])[]]>([
    [
      'Hi {firstName}',
      [
        ['stray_brace', 3],
        ['stray_brace', 13],
      ],
    ],
    ['Hi {{firstName}', [['unclosed_variable', 3]]],
    [
      'Hi }} you',
      [
        ['stray_brace', 3],
        ['stray_brace', 4],
      ],
    ],
    ['Hi {{first name}}', [['bad_variable_name', 3]]],
    ['Hi {{}}', [['bad_variable_name', 3]]],
    ['Hi {{1st}}', [['bad_variable_name', 3]]],
    [
      'Hi {{{firstName}}}',
      [
        ['bad_variable_name', 3],
        ['stray_brace', 17],
      ],
    ],
    ['   ', [['empty', 0]]],
    ['x'.repeat(1600), []],
    ['x'.repeat(1601), [['too_long', 1600]]],
  ])('A11: %j is judged before it is saved', (content, problems) => {
    expect(problemsOf(content)).toEqual(problems)
  })
})

describe('filling', () => {
  test('A11: what the guard calls a variable is what the renderer fills', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'a', ' ', '1') }), (content) => {
        const { variables } = parseTemplate(content)
        const values = Object.fromEntries(variables.map((name) => [name, 'X']))
        expect(renderTemplate(content, values).missing).toEqual([])
        expect(renderTemplate(content, {}).missing).toEqual(variables)
      }),
      { numRuns: 2000 },
    )
  })

  test('A9: names go in as they are typed', () => {
    const { text } = renderTemplate('Hi {{firstName}} {{lastName}}', {
      firstName: 'J.R. <b>',
      lastName: "O'Brien & 李",
    })
    expect(text).toBe("Hi J.R. <b> O'Brien & 李")
  })

  test('a value is never read as a template again', () => {
    expect(renderTemplate('{{firstName}}', { firstName: '{{lastName}} $& $1', lastName: 'secret' }).text).toBe(
      '{{lastName}} $& $1',
    )
  })

  test.each([[{}], [{ firstName: '' }], [{ firstName: '  ' }], [{ firstName: undefined }]])(
    'given %j the variable stays in sight and is named as missing',
    (values) => {
      expect(renderTemplate('Hi {{ firstName }}', values)).toEqual({ text: 'Hi {{firstName}}', missing: ['firstName'] })
    },
  )

  test('a variable called like a property of every object has no value by accident', () => {
    expect(renderTemplate('{{constructor}} {{toString}}', {}).missing).toEqual(['constructor', 'toString'])
  })
})

// GSM-7: 160 septets alone, 153 each when cut. UCS-2: 70 units alone, 67 each when cut. 3GPP TS 23.040.
test.each<[what: string, text: string, encoding: string, segments: number, units: number]>([
  ['nothing', '', 'GSM-7', 0, 0],
  ['160 letters', 'a'.repeat(160), 'GSM-7', 1, 160],
  ['161 letters', 'a'.repeat(161), 'GSM-7', 2, 161],
  ['306 letters', 'a'.repeat(306), 'GSM-7', 2, 306],
  ['307 letters', 'a'.repeat(307), 'GSM-7', 3, 307],
  ['80 euro signs, two septets each', '€'.repeat(80), 'GSM-7', 1, 160],
  ['81 euro signs', '€'.repeat(81), 'GSM-7', 2, 162],
  ['70 Chinese letters', '李'.repeat(70), 'UCS-2', 1, 70],
  ['71 Chinese letters', '李'.repeat(71), 'UCS-2', 2, 71],
  ['134 Chinese letters', '李'.repeat(134), 'UCS-2', 2, 134],
  ['135 Chinese letters', '李'.repeat(135), 'UCS-2', 3, 135],
  ['40 emoji, two units each', '🙂'.repeat(40), 'UCS-2', 2, 80],
])('A12: %s are counted as the carrier counts', (_what, text, encoding, segments, units) => {
  const { encoding: found, segmentCount, unitCount } = messageSize(text)
  expect([found, segmentCount, unitCount]).toEqual([encoding, segments, units])
})

test('the characters that make a message dearer are named once, in order', () => {
  expect(messageSize('Ok 李 ’ 李').nonGsmCharacters).toEqual(['李', '’'])
})

// A template holds 320 variables, and each may be given 500 characters: a message can be filled with 160,000.
test('what nobody could send is counted as far as it may be typed, and in a moment', () => {
  const startedMs = performance.now()
  const { encoding, segmentCount, unitCount } = messageSize('a'.repeat(40_000))
  expect(performance.now() - startedMs).toBeLessThan(1_000)
  // 8,000 septets, 153 in each segment.
  expect([encoding, segmentCount, unitCount]).toEqual(['GSM-7', 53, 8_000])
})
