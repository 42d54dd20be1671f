import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { personAt } from './person.ts'

const secret = 'k7Jq2mV9xTz4Rb8NwLp3Yc6HdFs5Ga1E'

/** A terminal, the keys that are pressed once it asks, and everything it shows. */
function terminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 100 })
  let shown = ''
  const waiting: { readonly text: string; readonly keys: string }[] = []
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString()
    const [next] = waiting
    if (next !== undefined && shown.includes(next.text)) {
      waiting.shift()
      setImmediate(() => input.write(next.keys))
    }
  })
  return { input, output, shown: () => shown, when: (text: string, keys: string) => void waiting.push({ text, keys }) }
}

test('a value is typed without a trace: neither it nor its length is shown, and no key shows it', async () => {
  const { input, output, shown, when } = terminal()
  when('Token', `${secret}\u0014\r`)
  expect(await personAt(input, output).hidden('Token', () => undefined)).toBe(secret)
  const first = shown()
  expect(first).not.toContain(secret.slice(0, 4))
  expect(first).not.toMatch(/\*|toggle/)
})

test('a value with a fault is asked for again, and the fault is said', async () => {
  const { input, output, shown, when } = terminal()
  when('Token', 'wrong\r')
  when('does not look right', `\u0015${secret}\r`)
  const faultOf = (value: string) => (value === secret ? undefined : 'does not look right')
  expect(await personAt(input, output).hidden('Token', faultOf)).toBe(secret)
  expect(shown()).toContain('It does not look right.')
})

test.each([
  ['y\r', true],
  ['n\r', false],
  ['\r', false],
  ['\u0003', false],
])('the answer %j to a question counts as %s', async (keys, agrees) => {
  const { input, output, when } = terminal()
  when('Go on?', keys)
  expect(await personAt(input, output).agrees('Go on?')).toBe(agrees)
})

test('whoever leaves a question for a value has given none', async () => {
  const { input, output, when } = terminal()
  when('Token', '\u0003')
  expect(await personAt(input, output).hidden('Token', () => undefined)).toBeUndefined()
})

test.each([
  ['a line end at the end is the shell’s', `${secret}\n`, secret],
  ['so is one of Windows', `${secret}\r\n`, secret],
  ['one at the end is enough: the rest was copied along', `${secret}\n\n`, `${secret}\n`],
  ['nothing else is taken away', ` ${secret} `, ` ${secret} `],
])('piped in: %s', async (_what, text, value) => {
  const { input, output } = terminal()
  input.end(text)
  expect(await personAt(input, output).piped()).toBe(value)
})
