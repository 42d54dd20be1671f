import { describe, expect, test } from 'vitest'
import { MAX_CODE_BYTES } from './prepared-function.ts'
import { prepareFunction } from './run-function.ts'
import { prepareTrustedFunction } from './run-trusted-function.ts'

describe.each([
  ['in a thread', prepareFunction],
  ['trusted', prepareTrustedFunction],
] as const)('a function %s', (_how, prepare) => {
  /** What a handler with this body answers to an empty event. */
  function answerOf(body: string, before = ''): unknown {
    const outcome = prepare({ name: 'probe', code: `${before}\nfunction handler(event) { ${body} }` })({})
    return outcome.kind === 'returned' ? outcome.value : outcome.reason
  }

  test('a handler is given the event and its answer comes back', () => {
    const echo = prepare({ name: 'echo', code: 'function handler(event) { return event.request }' })
    expect(echo({ request: { uri: '/caf\u00e9\n' } })).toEqual({
      kind: 'returned',
      value: { uri: '/caf\u00e9\n' },
      log: [],
    })
  })

  test('an async handler is awaited, and one that never settles has failed', () => {
    expect(answerOf('return Promise.resolve(1).then((one) => one + 1)')).toBe(2)
    expect(answerOf('return new Promise(() => {})')).toBe('threw')
  })

  test.each<[what: string, body: string]>([
    ['eval', 'return eval("1")'],
    ['the Function constructor', 'return new Function("return 1")()'],
    ['the constructor of a function at hand', 'return (() => {}).constructor("return 1")()'],
    ['a timer', 'setTimeout(() => {}, 0)'],
    ['the network', 'return fetch("http://127.0.0.1")'],
    ['a module of Node’s', 'return require("fs")'],
    ['a module of CloudFront’s that is not offered here', 'return require("crypto")'],
    ['an undeclared variable', 'kept = 1'],
    ['a property of the global object', 'globalThis.kept = 1'],
    ['a prototype', 'Array.prototype.kept = 1'],
    ['the prototype of all objects', 'Object.prototype.kept = 1'],
    ['a value of the prototype of all objects', 'Object.prototype.toString = () => "kept"'],
    ['the prototype of generators', 'Object.getPrototypeOf(function* () {}).kept = 1'],
    ['the prototype of iterators', 'Object.getPrototypeOf([].values()).kept = 1'],
    ['a built-in object', 'Math.kept = 1'],
    ['the way texts come in', '$exchange.kept = 1'],
  ])('a function cannot have or change %s', (_what, body) => {
    expect(answerOf(body)).toBe('threw')
  })

  test('nothing of Node is in reach', () => {
    expect(
      answerOf(
        'return ["process", "Buffer", "console2", "Atomics", "WebAssembly", "WeakRef"].filter((name) => name in globalThis)',
      ),
    ).toEqual([])
    expect(answerOf('return typeof exchange + typeof answer + typeof module')).toBe('undefinedundefinedundefined')
  })

  test('C2: nothing that a call leaves behind reaches the next one', () => {
    const counting = prepare({
      name: 'counting',
      code: `let calls = 0; const seen = []
        function handler(event) {
          calls += 1; seen.push(event.who)
          const before = RegExp.$1 ?? 'nothing'
          ;/(.*)/.exec(event.who)
          return { calls, seen, before, exchange: globalThis.$exchange.output }
        }`,
    })
    const first = { calls: 1, seen: ['anna'], before: 'nothing', exchange: '' }
    expect(counting({ who: 'anna' })).toMatchObject({ value: first })
    expect(counting({ who: 'bert' })).toMatchObject({ value: { ...first, seen: ['bert'] } })
  })

  test('a name that every object has can be copied by assignment', () => {
    expect(
      answerOf('const o = {}; for (const k of ["constructor", "toString"]) o[k] = { value: k }; return o'),
    ).toEqual({
      constructor: { value: 'constructor' },
      toString: { value: 'toString' },
    })
  })

  test('querystring reads and writes', () => {
    expect(answerOf('return require("querystring").parse("a=1&a=%20&b")')).toEqual({ a: ['1', ' '], b: '' })
    expect(answerOf('return require("querystring").stringify({ a: ["1", " "], b: "" })')).toBe('a=1&a=%20&b=')
  })

  test('what a function writes to its console is kept and not printed', () => {
    const talking = prepare({ name: 'talking', code: 'function handler() { console.log("a", 1); return null }' })
    expect(talking({})).toEqual({ kind: 'returned', value: null, log: ['a 1'] })
  })

  test.each<[what: string, code: string]>([
    ['no script', 'function handler( {'],
    ['half of two scripts', '}); (() => {'],
    ['a module', 'import cf from "cloudfront"; function handler() {}'],
    ['longer than CloudFront takes', `function handler() {} //${'x'.repeat(MAX_CODE_BYTES)}`],
  ])('code that is %s is refused by the function’s name', (_what, code) => {
    expect(() => prepare({ name: 'broken', code })).toThrow('function broken')
  })

  test('code without a handler fails when it is called', () => {
    expect(prepare({ name: 'idle', code: 'var x = 1' })({})).toEqual({ kind: 'failed', reason: 'threw' })
  })
})

const answerInThread = (body: string): unknown => {
  const outcome = prepareFunction({ name: 'probe', code: `function handler(event) { ${body} }` })({})
  return outcome.kind === 'returned' ? outcome.value : outcome.reason
}

test.each<[what: string, body: string]>([
  ['a loop', 'for (;;) {}'],
  ['promises without end', '(function again() { Promise.resolve().then(again) })()'],
])('a function that does not come to an end (%s) is given up, and the next one runs', (_what, body) => {
  expect(answerInThread(body)).toBe('too_slow')
  expect(answerInThread('return 1')).toBe(1)
})

test('an answer that no response could hold is refused', () => {
  expect(answerInThread('return "x".repeat(600000)')).toBe('too_large')
})
