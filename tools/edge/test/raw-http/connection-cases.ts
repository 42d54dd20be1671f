import { chunked, get, inner, lengthOf, OUTER, post, type RawCase, taken } from './raw-case.ts'

/** Bodies that look like requests are bodies. */
export const bodies: readonly RawCase[] = [
  taken('a POST whose body is a request', post(lengthOf(inner), inner), `POST ${OUTER} ${inner}`),
  taken(
    'a DELETE whose body is a request',
    post(lengthOf(inner), inner).replace('POST', 'DELETE'),
    `DELETE ${OUTER} ${inner}`,
  ),
  taken(
    'an OPTIONS whose body is a request',
    post(lengthOf(inner), inner).replace('POST', 'OPTIONS'),
    `OPTIONS ${OUTER} ${inner}`,
  ),
  { name: 'a GET whose body is a request', text: get(lengthOf(inner)) + inner, answers: [403], reaches: [] },
  {
    name: 'a HEAD whose body is a request',
    text: (get(lengthOf(inner)) + inner).replace('GET', 'HEAD'),
    answers: [403],
    reaches: [],
  },
  { name: 'a GET with chunks', text: `${get(chunked)}0\r\n\r\n`, answers: [403], reaches: [] },
  taken('a body that is a request, in chunks', post(chunked, `5\r\nGET /\r\n0\r\n\r\n`), `POST ${OUTER} GET /`),
]

export const connections: readonly RawCase[] = [
  taken(
    'two requests one behind the other',
    get() + get('Connection: close\r\n', `${OUTER}/2`),
    `GET ${OUTER} `,
    `GET ${OUTER}/2 `,
  ),
  taken(
    'a POST and a GET one behind the other',
    post(lengthOf('abc'), 'abc') + get(),
    `POST ${OUTER} abc`,
    `GET ${OUTER} `,
  ),
  taken('nothing is read behind Connection: close', get('Connection: close\r\n') + inner, `GET ${OUTER} `),
  taken('nothing is read behind HTTP/1.0', get().replace('1.1', '1.0') + inner, `GET ${OUTER} `),
  taken('HTTP/1.0 that keeps its connection', get('Connection: keep-alive\r\n').replace('1.1', '1.0'), `GET ${OUTER} `),
  ...[
    'host',
    'content-length',
    'transfer-encoding',
    'x-sax-user-context',
    'x-forwarded-for',
    'via',
    'content-type',
    '*',
    '"',
    '',
  ].map((named) =>
    taken(
      `a Connection that names ${JSON.stringify(named)}`,
      post(`Connection: ${named}\r\n${lengthOf('abc')}`, 'abc'),
      `POST ${OUTER} abc`,
    ),
  ),
  taken('Expect: 100-continue', post(`Expect: 100-continue\r\n${lengthOf('abc')}`, 'abc'), `POST ${OUTER} abc`),
  {
    name: 'another expectation',
    text: post(`Expect: 200-ok\r\n${lengthOf('abc')}`, 'abc'),
    answers: [417],
    reaches: [],
  },
  taken(
    'an upgrade to HTTP/2',
    get('Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n'),
    `GET ${OUTER} `,
  ),
  taken(
    'names with underscores',
    get('content_length: 44\r\ntransfer_encoding: chunked\r\nx_sax_user_context: forged\r\n'),
    `GET ${OUTER} `,
  ),
]
