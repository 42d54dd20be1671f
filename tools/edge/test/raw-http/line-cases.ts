import { get, inner, MARKER, OUTER, type RawCase, refused, taken } from './raw-case.ts'

export const lineEnds: readonly RawCase[] = [
  refused('bare LFs throughout', get().replaceAll('\r\n', '\n') + inner),
  refused('a bare LF after the request line', get().replace('\r\n', '\n')),
  refused('a bare LF at the end of the head', `${get().slice(0, -2)}\n${inner}`),
  refused('a bare LF inside of a value', get(`X-A: b\n\n${inner}`)),
  refused('a bare CR inside of a value', get(`X-A: b\r\r${inner}`)),
  refused('a bare CR after the request line', get().replace('\r\n', '\r')),
  refused('bare CRs throughout', `${get().replaceAll('\r\n', '\r')}${inner}`),
  refused('CR CR LF', get().replace('\r\n', '\r\r\n')),
  refused('a folded value', get(`X-A: b\r\n ${inner}`)),
  refused('a folded first line', `GET ${OUTER} HTTP/1.1\r\n Host: {host}\r\n\r\n`),
  taken('empty lines before the request', `\r\n\r\n${get()}`, `GET ${OUTER} `),
]

export const requestLines: readonly RawCase[] = [
  taken('two spaces before the target', get().replace('GET ', 'GET  '), `GET ${OUTER} `),
  taken('two spaces before the version', get().replace(' HTTP', '  HTTP'), `GET ${OUTER} `),
  refused('a space after the version', get().replace('HTTP/1.1', 'HTTP/1.1 ')),
  refused('a tab for a space', get().replace('GET ', 'GET\t')),
  refused('a space in the target', get('', `${OUTER} ${MARKER}`)),
  refused('a tab in the target', get('', `${OUTER}\t${MARKER}`)),
  refused('a CR in the target', get('', `${OUTER}\r${MARKER}`)),
  refused('a NUL in the target', get('', `${OUTER}\x00${MARKER}`)),
  refused('a space before the method', ` ${get()}`),
  refused('an unknown method', get().replace('GET', 'SMUGGLE')),
  refused('a method in small letters', get().replace('GET', 'get')),
  refused('no version', `GET ${OUTER}\r\n\r\n`),
  refused('HTTP/0.9', get().replace('1.1', '0.9')),
  refused('HTTP/1.2', get().replace('1.1', '1.2')),
  refused('HTTP/2.0', get().replace('1.1', '2.0')),
  refused('HTTP/01.1', get().replace('1.1', '01.1')),
  refused('http/1.1', get().replace('HTTP', 'http')),
  refused('the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  refused('a handshake of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
  { name: 'CONNECT', text: 'CONNECT evil.example:443 HTTP/1.1\r\nHost: {host}\r\n\r\n', answers: [403], reaches: [] },
  {
    name: 'CONNECT with more behind',
    text: `CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n${inner}`,
    answers: [403],
    reaches: [],
  },
  { name: 'TRACE', text: 'TRACE / HTTP/1.1\r\nHost: {host}\r\n\r\n', answers: [403], reaches: [] },
]

/** Refused by the site's own function, which the front door runs as CloudFront does. */
export const ambiguousTargets: readonly RawCase[] = [
  refused('an absolute target', get('', `http://{host}${OUTER}`)),
  refused('an absolute target with another host', get('', `http://evil.example${MARKER}`)),
  refused('a target with a fragment', get('', `${OUTER}#${MARKER}`)),
  refused('an encoded line end in the target', get('', `${OUTER}%0d%0aHost:%20x`)),
  refused('an authority as target', get('', 'evil.example:80')),
  refused('an asterisk for GET', get('', '*')),
]

export const names: readonly RawCase[] = [
  refused('no Host', `GET ${OUTER} HTTP/1.1\r\n\r\n`),
  refused('two Hosts', get('Host: evil.example\r\n')),
  refused('two equal Hosts', get('Host: {host}\r\n')),
  refused('a header without a name', get(': x\r\n')),
  refused('a header without a colon', get('X-A\r\n')),
  ...[' ', '\t', '\x00', '\x01', '\x7f', '(', '[', '"', '/', '@', ',', ';', '\x80'].flatMap((character) => [
    refused(`${JSON.stringify(character)} in the name of a header`, get(`X${character}A: b\r\n`)),
  ]),
  ...['\x00', '\x01', '\x0b', '\x0c', '\x1f', '\x7f'].map((character) =>
    refused(`${JSON.stringify(character)} in the value of a header`, get(`X-A: b${character}c\r\n`)),
  ),
  { name: 'an empty Host', text: get().replace('{host}', ''), answers: [403], reaches: [] },
  { name: 'a foreign Host', text: get().replace('{host}', 'evil.example'), answers: [403], reaches: [] },
  { name: 'a Host with a path', text: get().replace('{host}', '{host}/x'), answers: [403], reaches: [] },
  { name: 'a Host with a user', text: get().replace('{host}', 'x@{host}'), answers: [403], reaches: [] },
  { name: 'a Host with two names', text: get().replace('{host}', '{host},evil.example'), answers: [403], reaches: [] },
  { name: 'a value of 30 kB', text: get(`X-A: ${'b'.repeat(30_000)}\r\n`), answers: [413], reaches: [] },
  { name: 'a target of 9 kB', text: get('', `${OUTER}?${'q'.repeat(9_000)}`), answers: [413], reaches: [] },
  { name: 'a line of 200 kB', text: get('', `/${'q'.repeat(200_000)}`), answers: [413], reaches: [] },
  { name: 'a name of 200 kB', text: get(`${'n'.repeat(200_000)}: x\r\n`), answers: [413], reaches: [] },
]
