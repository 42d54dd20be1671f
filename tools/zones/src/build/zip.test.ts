import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { zip } from './zip.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const MIB = 1024 * 1024

test('the same files make the same package, in whatever order and zone', () => {
  const files = [
    ['index.mjs', bytes('a'.repeat(5000))],
    ['b/[id]/c.js', bytes('ü')],
  ] as const
  const one = zip('f', new Map(files), MIB)
  const zone = process.env.TZ
  process.env.TZ = 'Asia/Tokyo'
  const two = zip('f', new Map(files.toReversed()), MIB)
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
  expect(two).toEqual(one)
  expect(Buffer.from(unzipSync(one.content)['b/[id]/c.js'] ?? []).toString()).toBe('ü')
})

test('the digests are those of the package: as hexadecimal, and as Lambda says it', () => {
  const {
    content,
    sha256,
    codeSha256,
    bytes: size,
    unzippedBytes,
    files,
  } = zip('f', new Map([['a', bytes('abc')]]), MIB)
  expect(Buffer.from(codeSha256, 'base64').toString('hex')).toBe(sha256)
  expect([size, unzippedBytes, files]).toEqual([content.length, 3, 1])
})

test('every file may be read by whoever runs the function', () => {
  const { content } = zip('f', new Map([['a', bytes('abc')]]), MIB)
  const central = Buffer.from(content).indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  // @source PKWARE, "APPNOTE.TXT", section 4.3.12: made by (4), external attributes (38)
  expect(Buffer.from(content).readUInt8(central + 5)).toBe(3)
  expect((Buffer.from(content).readUInt32LE(central + 38) >>> 16).toString(8)).toBe('100644')
})

test('a package that is too large is refused, and its largest files are named', () => {
  const random = new Uint8Array(4096).map((_, index) => (index * index * 31 + index) % 251)
  const files = new Map([
    ['small.js', bytes('x')],
    ['node_modules/heavy/data.json', random],
  ])
  expect(() => zip('outreach-api', files, 200)).toThrow(
    /^outreach-api has \d+ kB and may have 1 kB\. Its largest files, unpacked: node_modules\/heavy\/data\.json \(4 kB\), small\.js \(1 kB\)\.$/,
  )
})
