/**
 * Source that prepares a realm for one CloudFront Function, run once before the function's own code.
 *
 * The realm holds nothing but the language: no timers, no network, no module of Node's. What could carry something
 * from one call to the next is removed (RegExp's record of the last match, weak references, threads) and everything
 * that is left is frozen. Object's prototype keeps its values behind setters, so that a header called `constructor` can
 * still be copied by plain assignment. `$exchange` is how strings get in and out; no object ever does.
 */
export const REALM_SOURCE = `'use strict'
for (const name of ['console', 'Atomics', 'SharedArrayBuffer', 'WebAssembly', 'FinalizationRegistry', 'WeakRef', 'eval']) delete globalThis[name]
for (const name of ['input', '$_', 'lastMatch', '$&', 'lastParen', '$+', 'leftContext', '$\`', 'rightContext', "$'", '$1', '$2', '$3', '$4', '$5', '$6', '$7', '$8', '$9']) delete RegExp[name]
const prototype = Object.prototype
for (const name of Reflect.ownKeys(prototype)) {
  const { value, configurable } = Reflect.getOwnPropertyDescriptor(prototype, name)
  if (!configurable || value === undefined) continue
  Object.defineProperty(prototype, name, {
    get() { return value },
    set(own) {
      if (this === prototype || !Reflect.defineProperty(Object(this), name, { value: own, writable: true, enumerable: true, configurable: true })) throw new TypeError('read only')
    },
  })
}
const seen = new Set()
const freeze = (target) => {
  if ((typeof target !== 'object' && typeof target !== 'function') || target === null || seen.has(target)) return
  seen.add(target)
  Object.freeze(target)
  for (const name of Reflect.ownKeys(target)) {
    const { value, get, set } = Reflect.getOwnPropertyDescriptor(target, name)
    freeze(value), freeze(get), freeze(set)
  }
  freeze(Reflect.getPrototypeOf(target))
}
for (const unnamed of [function* () {}, async function () {}, async function* () {}, [].values(), ''[Symbol.iterator](), new Map().values(), new Set().values(), 'a'.matchAll(/a/g), (function* () {})(), (async function* () {})()]) {
  freeze(Reflect.getPrototypeOf(unnamed))
}
Object.defineProperty(globalThis, '$exchange', { value: Object.seal({ __proto__: null, input: '', output: '' }) })
const exchange = globalThis.$exchange
freeze(Reflect.getPrototypeOf(globalThis))
for (const name of Reflect.ownKeys(globalThis)) if (name !== '$exchange' && name !== 'globalThis') freeze(globalThis[name])
Object.freeze(globalThis)
exchange`

/**
 * A function's code, made into a script that runs once a call: everything the code declares is new each time. The
 * answer is written as JSON. Strict, as the runtime of CloudFront is; \`require\` knows \`querystring\` alone, of the
 * three modules that CloudFront offers (\`crypto\` and \`buffer\` are refused by name).
 * @source AWS CloudFront Developer Guide, "JavaScript runtime 2.0 features for CloudFront Functions"
 */
export function callSource(code: string): string {
  return `'use strict';
(() => {
  const exchange = globalThis.$exchange
  const log = []
  const write = (...values) => { log.push(values.map(String).join(' ')) }
  const console = { log: write, error: write }
  const require = (name) => {
    if (name === 'querystring') return ${QUERYSTRING}
    throw new Error('no module ' + name)
  }
  const answer = (kind, value) => { exchange.output = JSON.stringify({ kind, value, log }) ?? '' }
  try {
    const handler = (function (exchange, log, write, answer) {
${code}
;return typeof handler === 'function' ? handler : undefined
    })()
    if (handler === undefined) throw new Error('no handler')
    Promise.resolve(handler(JSON.parse(exchange.input))).then((value) => answer('returned', value), (error) => answer('threw', String(error?.name))).catch(() => answer('threw', 'Error'))
  } catch (error) {
    answer('threw', String(error?.name))
  }
})()`
}

const QUERYSTRING = `({
  escape: encodeURIComponent,
  unescape: decodeURIComponent,
  parse(text, separator = '&', equals = '=') {
    const all = {}
    for (const pair of String(text).split(separator)) {
      if (pair === '') continue
      const at = pair.indexOf(equals)
      const name = decodeURIComponent(at === -1 ? pair : pair.slice(0, at))
      const value = decodeURIComponent(at === -1 ? '' : pair.slice(at + equals.length))
      all[name] = name in all ? [].concat(all[name], value) : value
    }
    return all
  },
  stringify(all, separator = '&', equals = '=') {
    return Object.entries(all).flatMap(([name, value]) => [].concat(value).map((one) => encodeURIComponent(name) + equals + encodeURIComponent(one))).join(separator)
  },
})`
