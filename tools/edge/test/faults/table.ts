import type { OriginPatience } from '../../src/fetch-origin.ts'
import type { Behaviour } from './faulty-origin.ts'

export interface Fault {
  /** As the document names it. */
  readonly fault: string
  readonly method: 'GET' | 'POST' | 'HEAD'
  readonly origin: Behaviour
  /** Status and, behind a comma, `cut` when the connection ends before the answer does. */
  readonly answer: string
  /** How often the origin is asked. */
  readonly attempts: number
  readonly body?: string
  readonly patience?: Partial<OriginPatience>
}

/** Patience of the table: what waits for ever waits this long. */
export const RESPONSE_TIMEOUT_SEC = 0.4

const ok = (fields: string, body = '') => `HTTP/1.1 200 OK\r\n${fields}\r\n${body}`
const writes =
  (text: string): Behaviour =>
  (socket) =>
    socket.write(text)
const ends =
  (text: string): Behaviour =>
  (socket) =>
    socket.end(text)
const resets =
  (text: string): Behaviour =>
  (socket) => {
    if (text === '') socket.resetAndDestroy()
    else socket.write(text, () => setImmediate(() => socket.resetAndDestroy()))
  }
/** Parts with a pause between them that is well within the patience. */
const inParts =
  (...parts: readonly string[]): Behaviour =>
  (socket) => {
    for (const [i, part] of parts.entries()) setTimeout(() => socket.write(part), i * 100)
  }
const silent: Behaviour = () => undefined
const length4 = ok('Content-Length: 4\r\n')

const get = (fault: string, origin: Behaviour, answer: string, attempts: number): Fault => ({
  ...{ fault, method: 'GET', origin, answer, attempts },
})
const post = (fault: string, origin: Behaviour, answer: string, attempts: number): Fault => ({
  ...{ fault, method: 'POST', origin, answer, attempts, body: 'x' },
})

/** Origins that can be reached and then misbehave. */
export const faults: readonly Fault[] = [
  get('never answers, asked with GET', silent, '504', 3),
  post('never answers, asked with POST', silent, '504', 1),
  get('answers slowly, within the timeout', inParts('', length4, 'well'), '200', 1),
  get('pauses between packets, within the timeout', inParts(length4, 'w', 'el', 'l'), '200', 1),
  get('pauses between packets for longer than the timeout', writes(`${length4}we`), '200, cut', 1),
  get('sends half of its headers and no more', writes('HTTP/1.1 200 OK\r\nContent-Le'), '504', 3),
  get('resets before it answers, asked with GET', resets(''), '502', 3),
  post('resets before it answers, asked with POST', resets(''), '502', 1),
  get('closes before it answers', ends(''), '502', 3),
  get(
    'resets once and then answers',
    (socket, n) => (n === 1 ? socket.resetAndDestroy() : socket.write(`${length4}well`)),
    '200',
    2,
  ),
  get('resets in the middle of its headers', resets('HTTP/1.1 200 OK\r\nContent-Le'), '502', 3),
  get('resets in the middle of its body', resets(`${length4}we`), '200, cut', 1),
  get('sends less than its Content-Length and closes', ends(`${length4}we`), '200, cut', 1),
  get(
    'sends chunks and closes without the last one',
    ends(ok('Transfer-Encoding: chunked\r\n', '2\r\nwe\r\n')),
    '200, cut',
    1,
  ),
  get(
    'sends a chunk of no valid size',
    writes(ok('Transfer-Encoding: chunked\r\n', '2\r\nwe\r\nxx\r\n')),
    '200, cut',
    1,
  ),
  get('sends more than its Content-Length', writes(`${length4}well, well`), '200', 1),
  get('sends a second answer that nobody asked for', writes(`${length4}well${length4}evil`), '200', 1),
  get('sends a body without a length and closes', ends(ok('', 'well')), '200', 1),
  get('sends something that is not HTTP', writes('SSH-2.0-OpenSSH_9.6\r\n\r\n'), '502', 3),
  get('sends a status below 200 that is none', writes('HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n'), '502', 3),
  get('sends a status above 599', writes('HTTP/1.1 600 High\r\nContent-Length: 400000\r\n\r\nwell'), '502', 3),
  get('sends a status that is no number', writes('HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n'), '502', 3),
  get(
    'sends two Content-Lengths that differ',
    writes(ok('Content-Length: 4\r\nContent-Length: 5\r\n', 'well')),
    '502',
    3,
  ),
  get('sends two equal Content-Lengths', writes(ok('Content-Length: 4\r\nContent-Length: 4\r\n', 'well')), '502', 3),
  get(
    'sends Content-Length and Transfer-Encoding',
    writes(ok('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n')),
    '502',
    3,
  ),
  get('sends a header with a bare line feed', writes(ok('X-A: b\nX-B: c\r\nContent-Length: 0\r\n')), '502', 3),
  get('sends a folded header', writes(ok('X-A: b\r\n c\r\nContent-Length: 0\r\n')), '502', 3),
  get('sends 30 kB of headers', writes(ok(`X-A: ${'a'.repeat(30_000)}\r\nContent-Length: 0\r\n`)), '502', 3),
  get('sends 100 Continue unasked', writes(`HTTP/1.1 100 Continue\r\n\r\n${length4}well`), '502', 3),
  get('sends 103 Early Hints first', writes(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${length4}well`), '200', 1),
  get(
    'switches protocols unasked',
    writes('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    '502',
    3,
  ),
  get(
    'sends trailers',
    writes(ok('Transfer-Encoding: chunked\r\nTrailer: X-T\r\n', '4\r\nwell\r\n0\r\nX-T: t\r\n\r\n')),
    '200',
    1,
  ),
  { ...get('sends a body with an answer to HEAD', ends(`${length4}well`), '200', 1), method: 'HEAD' },
  get('sends a body with 204', ends('HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nwell'), '204', 1),
  {
    ...post(
      'answers before the body has come, and closes',
      ends('HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwell'),
      '413',
      1,
    ),
    body: 'x'.repeat(2_000_000),
  },
  { ...post('resets while the body comes', resets(''), '502', 1), body: 'x'.repeat(2_000_000) },
  {
    ...get('takes longer than the completion timeout to begin', silent, '504', 1),
    patience: { responseTimeoutSec: 5, responseCompletionTimeoutSec: 0.3 },
  },
  {
    ...get(
      'takes longer than the completion timeout to end',
      inParts(length4, 'w', 'e', '', '', '', '', 'l'),
      '200, cut',
      1,
    ),
    patience: { responseTimeoutSec: 5, responseCompletionTimeoutSec: 0.35 },
  },
]
