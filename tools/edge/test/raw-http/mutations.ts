/** Numbers from 0 up to 1, always the same ones for a seed. */
export type Random = () => number

/** @source "mulberry32", public domain */
export function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What makes readers disagree. */
const NASTY = [
  ...[
    '\r',
    '\n',
    '\r\n',
    '\n\n',
    '\r\n\r\n',
    '\r\r\n',
    '\0',
    '\t',
    ' ',
    '\x0b',
    '\x0c',
    '\x7f',
    '\x80',
    '\xff',
    '\r\n ',
  ],
  ...[':', ';', ',', '0', '1', 'f', '+', '-', 'x', '"', '?', '#', '/', '.', '%0d%0a', ' :', ': '],
  ...['chunked', 'identity', 'HTTP/1.1', 'HTTP/1.0', ' HTTP/1.1\r\n', '0\r\n\r\n', '5\r\nabcde\r\n', '0x5\r\n'],
  ...['Transfer-Encoding: chunked\r\n', 'Transfer-Encoding: identity\r\n', 'Transfer-Encoding:\tchunked\r\n'],
  ...['Content-Length: 0\r\n', 'Content-Length: 5\r\n', 'Content-Length: 44\r\n', 'Host: evil.example\r\n'],
  ...['Connection: close\r\n', 'Connection: keep-alive\r\n', 'Expect: 100-continue\r\n', 'Upgrade: h2c\r\n'],
]

/** A text with one to four changes, made of itself and of `others`. */
export function mutated(text: string, others: readonly string[], random: Random): string {
  let changed = text
  for (let left = 1 + below(4, random); left > 0; left -= 1) changed = pick(CHANGES, random)(changed, others, random)
  return changed
}

/** Where a text is cut into what is sent at once; one part most of the time. */
export function parts(text: string, random: Random): readonly string[] {
  if (below(3, random) > 0) return [text]
  const at = below(text.length + 1, random)
  return [text.slice(0, at), text.slice(at)]
}

/** A whole number from 0 to one less than `end`. */
export function below(end: number, random: Random): number {
  return Math.floor(random() * end)
}

/** @throws RangeError when there is nothing to pick from. */
export function pick<T>(from: readonly T[], random: Random): T {
  const picked = from[below(from.length, random)]
  if (picked === undefined) throw new RangeError('nothing to pick from')
  return picked
}

type Change = (text: string, others: readonly string[], random: Random) => string

const CHANGES: readonly Change[] = [
  (text, _others, random) => spliced(text, below(text.length + 1, random), 0, pick(NASTY, random)),
  (text, _others, random) => spliced(text, below(text.length + 1, random), 1, pick(NASTY, random)),
  (text, _others, random) => spliced(text, below(text.length + 1, random), 1 + below(4, random), ''),
  (text, _others, random) => atLineEnd(text, random, (at) => spliced(text, at, 2, pick(NASTY, random))),
  (text, _others, random) => atLineEnd(text, random, (at) => spliced(text, at + 2, 0, pick(NASTY, random))),
  (text, _others, random) => withLines(text, (lines) => [...lines, pick(lines, random)]),
  (text, _others, random) => withLines(text, (lines) => doubled(lines, below(lines.length, random))),
  (text, _others, random) => withLines(text, (lines) => lines.filter((_line, i) => i !== below(lines.length, random))),
  (text, _others, random) => text.replace(/\d+/, () => String(below(60, random))),
  (text, _others, random) => flipped(text, below(text.length + 1, random)),
  (text, others, random) => text + pick(others, random),
  (text, others, random) => text.slice(0, below(text.length + 1, random)) + pick(others, random).slice(-60),
]

function spliced(text: string, at: number, removed: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at + removed)
}

function atLineEnd(text: string, random: Random, change: (at: number) => string): string {
  const ends = [...text.matchAll(/\r\n/g)].map(({ index }) => index)
  return ends.length === 0 ? text : change(pick(ends, random))
}

function withLines(text: string, change: (lines: readonly string[]) => readonly string[]): string {
  return change(text.split('\r\n')).join('\r\n')
}

function doubled(lines: readonly string[], at: number): readonly string[] {
  return lines.flatMap((line, i) => (i === at ? [line, line] : [line]))
}

function flipped(text: string, at: number): string {
  const one = text.charAt(at)
  return spliced(text, at, 1, one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase())
}
