import { expect, test } from 'vitest'
import { png } from '../../../test/pictures.ts'
import { withoutSurroundings } from './without-surroundings.ts'

const ascii = (text: string) => Buffer.from(text, 'latin1')
/** A segment of a JPEG: marker, length with its own two bytes, content. */
const segment = (marker: number, content: Buffer) =>
  Buffer.concat([Buffer.from([0xff, marker, 0, content.length + 2]), content])

const START = Buffer.from([0xff, 0xd8])
const END = Buffer.from([0xff, 0xd9])
const jfif = segment(0xe0, ascii('JFIF\0\x01\x02\0\0\x01\0\x01\0\0'))
const profile = segment(0xe2, ascii('ICC_PROFILE\0\x01\x01colours'))
const adobe = segment(0xee, ascii('Adobe\0\x64\0\0\0\0\x01'))
const table = segment(0xdb, ascii('quantization'))
/** Two scans, as a progressive picture has: with a stuffed 0xff, a restart, and a table in between. */
const scans = Buffer.concat([
  segment(0xda, ascii('scan')),
  Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]),
  segment(0xc4, ascii('huffman')),
  segment(0xda, ascii('scan')),
  Buffer.from([5, 6, 0xff, 0, 0xe1]),
])
/** Exif as a telephone writes it: which way up, the place, and that in little-endian or big-endian order. */
const exifLittle = (orientation: number) =>
  segment(
    0xe1,
    Buffer.concat([
      ascii('Exif\0\0II*\0\x08\0\0\0\x02\0'),
      Buffer.from([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]),
      Buffer.from([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]),
      ascii('\0\0\0\0GPS 42.3601 N 71.0589 W'),
    ]),
  )
const exifBig = (orientation: number) =>
  segment(
    0xe1,
    Buffer.concat([
      ascii('Exif\0\0MM\0*\0\0\0\x08\0\x01'),
      Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]),
      ascii('\0\0\0\0GPS 42.3601 N 71.0589 W'),
    ]),
  )
/** What says which way up and nothing else: 26 bytes of TIFF after `Exif`. */
const onlyTurned = (orientation: number) =>
  Buffer.concat([
    Buffer.from([0xff, 0xe1, 0, 34]),
    ascii('Exif\0\0MM\0*\0\0\0\x08\0\x01'),
    Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]),
  ])
const xmp = segment(0xe1, ascii('http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>42,21.6N'))
const iptc = segment(0xed, ascii('Photoshop 3.0\x008BIM Boston'))
const more = segment(0xe2, ascii('MPF\0 where the next picture lies'))
const thumbnail = segment(0xe0, ascii('JFXX\0\x10 a small copy'))
const comment = segment(0xfe, ascii('taken at home'))
const jpeg = (...parts: readonly Buffer[]) => Buffer.concat([START, ...parts, END])

test('of a JPEG its pixels, their tables and their colours are left, and no place, no copy and nothing after its end', () => {
  const second = jpeg(exifBig(1), table, scans)
  const file = Buffer.concat([
    jpeg(jfif, thumbnail, exifLittle(1), xmp, iptc, more, profile, adobe, comment, table, scans),
    second,
  ])
  expect(withoutSurroundings(file, 'image/jpeg')).toEqual(jpeg(jfif, profile, adobe, table, scans))
})

test.each([
  ['little-endian', 6, exifLittle(6)],
  ['big-endian', 6, exifBig(6)],
  ['big-endian', 3, exifBig(3)],
])('which way up a JPEG is stays when it is said in %s order (%i)', (_order, orientation, exif) => {
  expect(withoutSurroundings(jpeg(exif, table, scans), 'image/jpeg')).toEqual(
    jpeg(onlyTurned(orientation), table, scans),
  )
})

test.each([
  ['is nonsense', exifBig(9)],
  ['lies beyond what is there', segment(0xe1, ascii('Exif\0\0MM\0*\0\0\xff\0'))],
])('a direction that %s is left out', (_what, exif) => {
  expect(withoutSurroundings(jpeg(exif, table, scans), 'image/jpeg')).toEqual(jpeg(table, scans))
})

test('a second time nothing changes', () => {
  const once = withoutSurroundings(jpeg(jfif, exifLittle(8), xmp, table, scans), 'image/jpeg') ?? START
  expect(withoutSurroundings(once, 'image/jpeg')).toEqual(once)
})

/** A chunk of a PNG; the check is not looked at. */
const chunk = (type: string, content: Buffer) =>
  Buffer.concat([Buffer.from([0, 0, 0, content.length]), ascii(type), content, Buffer.alloc(4)])
const [head, rest] = [png.subarray(0, 33), png.subarray(33)]

test('of a PNG what is written beside its pixels goes, and what follows its end', () => {
  const colours = chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f]))
  const told = [
    chunk('tEXt', ascii('GPS\0 42')),
    chunk('iTXt', ascii('XML:com.adobe.xmp')),
    chunk('tIME', ascii('1234567')),
  ]
  const file = Buffer.concat([head, colours, ...told, rest, ascii('and more')])
  expect(withoutSurroundings(file, 'image/png')).toEqual(Buffer.concat([head, colours, rest]))
})

test('which way up a PNG is stays', () => {
  const tiff = exifLittle(6).subarray(10)
  const turned = Buffer.concat([Buffer.from([0, 0, 0, 26]), ascii('eXIf'), onlyTurned(6).subarray(10)])
  const found = Buffer.from(withoutSurroundings(Buffer.concat([head, chunk('eXIf', tiff), rest]), 'image/png') ?? [])
  expect(found.subarray(33, 33 + 34)).toEqual(turned)
  // CRC-32 of type and content, by another program: Python's zlib.
  expect(found.readUInt32BE(33 + 34)).toBe(0xd6674b69)
  expect(found.subarray(33 + 38)).toEqual(rest)
})

/** Of two colours, one pixel in size. */
const gifHead = Buffer.from([...ascii('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255])
const gifEnd = Buffer.from([0x3b])
/** An extension of a GIF: its label, and what it holds in blocks of their own length. */
const extension = (label: number, ...blocks: readonly Buffer[]) =>
  Buffer.from([0x21, label, ...blocks.flatMap((block) => [block.length, ...block]), 0])
/** Shown for `hundredths` of a second. */
const control = (hundredths: number, ...more: readonly Buffer[]) =>
  extension(0xf9, Buffer.from([0, hundredths, 0, 0]), ...more)
const loop = (...more: readonly Buffer[]) => extension(0xff, ascii('NETSCAPE2.0'), Buffer.from([1, 3, 0]), ...more)
/** One frame: its place, perhaps colours of its own, and pixels in two blocks. */
const frame = (colours: readonly number[] = []) =>
  Buffer.from([
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, colours.length === 0 ? 0 : 0x80, ...colours],
    ...[2, 1, 0x44, 1, 0x01, 0],
  ])
const own = [1, 2, 3, 4, 5, 6]
const told = ascii('taken at home')

test('of a GIF its frames, their times and how often they are shown are left, and no words', () => {
  const file = Buffer.concat([
    ...[gifHead, extension(0xfe, told, told), loop(told)],
    extension(0xff, ascii('XMP DataXMP'), ascii('exif:GPSLatitude 42,21.6N')),
    ...[control(10, told), extension(0xfe, told), frame()],
    // Words that are to be drawn, which nobody draws, and the time that is theirs.
    ...[control(99), extension(0x01, Buffer.alloc(12), told)],
    ...[frame(own), control(20), frame(), gifEnd],
    told,
  ])
  expect(withoutSurroundings(file, 'image/gif')).toEqual(
    Buffer.concat([gifHead, loop(), control(10), frame(), frame(own), control(20), frame(), gifEnd]),
  )
})

test.each([
  ['that looks like the loop and has none', extension(0xff, ascii('NETSCAPE2.0'), told)],
  ['of a length that none has', extension(0xf9, told)],
  ['of nothing', extension(0xff)],
])('an extension of a GIF %s is left out', (_what, one) => {
  expect(withoutSurroundings(Buffer.concat([gifHead, one, frame(), gifEnd]), 'image/gif')).toEqual(
    Buffer.concat([gifHead, frame(), gifEnd]),
  )
})

test('a GIF that its program ended without an end, as some do, gets one', () => {
  expect(withoutSurroundings(Buffer.concat([gifHead, frame()]), 'image/gif')).toEqual(
    Buffer.concat([gifHead, frame(), gifEnd]),
  )
})

test('a GIF with nothing around its frames is the same afterwards', () => {
  const plain = Buffer.concat([gifHead, loop(), control(10), frame(), gifEnd])
  expect(withoutSurroundings(plain, 'image/gif')).toEqual(plain)
})

test.each([
  ['a JPEG without an end', 'image/jpeg', Buffer.concat([START, table, scans])],
  [
    'a JPEG whose segment is longer than it',
    'image/jpeg',
    Buffer.concat([START, Buffer.from([0xff, 0xdb, 0xff, 0xff, 1])]),
  ],
  ['a PNG that ends half-way', 'image/png', png.subarray(0, 50)],
  ['a PNG of no chunks', 'image/png', png.subarray(0, 8)],
  ['a GIF without a frame and an end', 'image/gif', gifHead],
  ['a GIF that ends in the midst of a frame', 'image/gif', Buffer.concat([gifHead, frame().subarray(0, 14)])],
  ['a GIF with something that no GIF has', 'image/gif', Buffer.concat([gifHead, ascii('?'), frame(), gifEnd])],
  ['a GIF of its name alone', 'image/gif', ascii('GIF89a')],
])('%s is not taken', (_what, contentType, file) => {
  expect(withoutSurroundings(file, contentType)).toBeUndefined()
})
