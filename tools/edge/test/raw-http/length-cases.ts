import { chunked, inner, OUTER, post, type RawCase, refused, taken } from './raw-case.ts'

/** Which of two lengths counts: the front door takes neither. */
export const twoLengths: readonly RawCase[] = [
  refused('CL.TE', post(`Content-Length: 6\r\n${chunked}`, `0\r\n\r\n${inner}`)),
  refused('TE.CL', post(`${chunked}Content-Length: 4\r\n`, `5c\r\n${inner}\r\n0\r\n\r\n`)),
  refused('CL.0 with TE', post(`Content-Length: 0\r\n${chunked}`, `0\r\n\r\n${inner}`)),
  refused('two Content-Lengths that differ', post('Content-Length: 0\r\nContent-Length: 44\r\n', inner)),
  refused('two Content-Lengths that agree', post('Content-Length: 0\r\nContent-Length: 0\r\n', inner)),
  refused('a list of Content-Lengths', post('Content-Length: 0, 44\r\n', inner)),
  refused('a list of equal Content-Lengths', post('Content-Length: 0, 0\r\n', inner)),
  ...['+0', '-1', '0x0', '0 0', '0;', '"0"', '0.0', '1e1', '99999999999999999999999', '\x0b0', ''].map((length) =>
    refused(`Content-Length ${JSON.stringify(length)}`, post(`Content-Length: ${length}\r\n`, inner)),
  ),
  refused('a space before the colon of Content-Length', post('Content-Length : 0\r\n', inner)),
  refused('a Content-Length that is folded', post('Content-Length:\r\n 0\r\n', inner)),
  refused('a Content-Length behind a bare CR', post('X-A: b\rContent-Length: 44\r\n', inner)),
]

export const codings: readonly RawCase[] = [
  ...['xchunked', 'chunked, identity', 'identity, chunked', 'identity', 'chunked, chunked', 'gzip, chunked'],
  ...['chunked,', ',chunked', 'chunked;q=1', '"chunked"', 'chunked\x0b', '\x0bchunked', 'chunked\x00', 'chunked x'],
  ...['chunke', 'cow', '', 'trailers'],
].map((coding) =>
  refused(`Transfer-Encoding ${JSON.stringify(coding)}`, post(`Transfer-Encoding: ${coding}\r\n`, `0\r\n\r\n${inner}`)),
)

export const codingForms: readonly RawCase[] = [
  refused('two Transfer-Encodings', post(`${chunked}Transfer-Encoding: identity\r\n`, `0\r\n\r\n${inner}`)),
  refused('two equal Transfer-Encodings', post(chunked + chunked, `0\r\n\r\n${inner}`)),
  refused('a folded Transfer-Encoding', post('Transfer-Encoding:\r\n chunked\r\n', `0\r\n\r\n${inner}`)),
  refused(
    'a Transfer-Encoding folded after its value',
    post('Transfer-Encoding: chunked\r\n , x\r\n', `0\r\n\r\n${inner}`),
  ),
  refused(
    'a space before the colon of Transfer-Encoding',
    post('Transfer-Encoding : chunked\r\n', `0\r\n\r\n${inner}`),
  ),
  refused('a space before the name Transfer-Encoding', post(' Transfer-Encoding: chunked\r\n', `0\r\n\r\n${inner}`)),
  refused('a Transfer-Encoding behind a bare LF', post('X-A: b\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${inner}`)),
  refused('Transfer-Encoding in HTTP/1.0', post(chunked, `0\r\n\r\n${inner}`).replace('HTTP/1.1', 'HTTP/1.0')),
  taken('CHUNKED in capitals', post('Transfer-Encoding: CHUNKED\r\n', '0\r\n\r\n'), `POST ${OUTER} `),
  refused('a tab after the coding', post('Transfer-Encoding: chunked\t\r\n', `0\r\n\r\n${inner}`)),
  taken(
    'a tab before the coding',
    post('Transfer-Encoding:\tchunked\r\n', '3\r\nabc\r\n0\r\n\r\n'),
    `POST ${OUTER} abc`,
  ),
]

/** Good heads with bad bodies: the answer is 400, and whatever reached the origin had no end. */
export const chunks: readonly RawCase[] = [
  ['a negative chunk size', `-1\r\n${inner}`],
  ['a chunk size with 0x', `0x0\r\n\r\n${inner}`],
  ['a chunk size with a plus', `+0\r\n\r\n${inner}`],
  ['an empty chunk size', `\r\n\r\n${inner}`],
  ['a chunk size beyond 64 bits', `10000000000000000\r\n${inner}`],
  ['a chunk size that wraps to nothing', `100000000000000000000000000000000\r\n\r\n${inner}`],
  ['a chunk without its line end', `1\r\naa\r\n0\r\n\r\n${inner}`],
  ['a chunk followed by a bare LF', `1\r\na\n0\r\n\r\n${inner}`],
  ['a chunk size followed by a bare LF', `1\na\r\n0\r\n\r\n${inner}`],
  ['a last chunk followed by bare LFs', `0\n\n${inner}`],
  ['a chunk size followed by a bare CR', `1\ra\r\n0\r\n\r\n${inner}`],
  ['a chunk extension with a bare LF', `1;x\na\r\n0\r\n\r\n${inner}`],
  ['a chunk extension with a bare CR', `1;x\ry\r\na\r\n0\r\n\r\n${inner}`],
  ['a trailer with a space before its colon', `0\r\nX-A : b\r\n\r\n${inner}`],
  ['a trailer without a colon', `0\r\n${inner}`],
].map(([name = '', rest = '']) => refused(name, post(chunked, rest)))

export const trailers: readonly RawCase[] = [
  taken('a chunk extension', post(chunked, `1;${'x'.repeat(40)}=y\r\na\r\n0\r\n\r\n`), `POST ${OUTER} a`),
  taken(
    'trailers with an identity',
    post(
      `${chunked}Trailer: x-sax-user-context\r\n`,
      '1\r\na\r\n0\r\nx-sax-user-context: forged\r\nx-tenant-id: 1\r\n\r\n',
    ),
    `POST ${OUTER} a`,
  ),
  refused('a length in the trailers', post(chunked, `0\r\ncontent-length: 44\r\n\r\n${inner}`)),
  refused('a coding in the trailers', post(chunked, `0\r\ntransfer-encoding: chunked\r\n\r\n${inner}`)),
]
