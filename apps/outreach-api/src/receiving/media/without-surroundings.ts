import { crc32 } from 'node:zlib'
import { gifParts } from './gif-parts.ts'

/**
 * A JPEG, PNG or GIF without what stands around its pixels: where and when it was taken, by which device, smaller copies
 * of it, words, and whatever follows its end. Pixels and colours are kept byte for byte, and so is which way up it is and
 * how it moves. Anything else is answered as it is. Undefined: the file is not built as its kind is, so that nobody knows what stands in it.
 */
export function withoutSurroundings(bytes: Uint8Array, contentType: string): Uint8Array | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (contentType === 'image/jpeg') return Buffer.concat(jpegParts(file))
    if (contentType === 'image/png') return Buffer.concat(pngParts(file))
    if (contentType === 'image/gif') return Buffer.concat(gifParts(file))
    return bytes
  } catch (error) {
    // Read beyond its end.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** @source ITU-T T.81, Annex B (markers); ICC.1:2022, Annex B.4 (profiles in JPEG) */
const JPEG = {
  start: 0xd8,
  end: 0xd9,
  firstApp: 0xe0,
  lastApp: 0xef,
  jfif: 0xe0,
  exif: 0xe1,
  icc: 0xe2,
  adobe: 0xee,
  comment: 0xfe,
}
const EXIF = Buffer.from('Exif\0\0', 'latin1')
const JFIF = Buffer.from('JFIF\0', 'latin1')
const ICC = Buffer.from('ICC_PROFILE\0', 'latin1')
const ADOBE = Buffer.from('Adobe', 'latin1')

function jpegParts(file: Buffer): readonly Buffer[] {
  const kept: Buffer[] = []
  let orientation = 1
  let at = 2
  for (;;) {
    // What lies between markers are pixels; in them 0xff is followed by 0 or by one of the restarts.
    const pixels = at
    while (file.readUInt8(at) !== 0xff || isPixels(file.readUInt8(at + 1))) at += 1
    kept.push(file.subarray(pixels, at))
    const marker = file.readUInt8(at + 1)
    if (marker === JPEG.end) break
    const end = at + 2 + file.readUInt16BE(at + 2)
    if (end > file.length) throw new RangeError('a segment ends beyond its file')
    const content = file.subarray(at + 4, end)
    if (marker === JPEG.exif && startsWith(content, EXIF)) orientation = orientationOf(content.subarray(EXIF.length))
    if (isKept(marker, content)) kept.push(file.subarray(at, end))
    at = end
  }
  const turned = orientation === 1 ? [] : [jpegSegment(JPEG.exif, Buffer.concat([EXIF, tiffSaying(orientation)]))]
  return [Buffer.from([0xff, JPEG.start]), ...turned, ...kept, Buffer.from([0xff, JPEG.end])]
}

/** The second byte after 0xff: a stuffed 0, a restart, or another 0xff that fills. */
function isPixels(byte: number): boolean {
  return byte === 0 || byte === 0xff || (byte >= 0xd0 && byte <= 0xd7)
}

function isKept(marker: number, content: Buffer): boolean {
  if (marker === JPEG.comment) return false
  if (marker < JPEG.firstApp || marker > JPEG.lastApp) return true
  const beginnings = [
    [JPEG.jfif, JFIF],
    [JPEG.icc, ICC],
    [JPEG.adobe, ADOBE],
  ] as const
  return beginnings.some(([kept, beginning]) => kept === marker && startsWith(content, beginning))
}

function jpegSegment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

const PNG_SIGNATURE_BYTES = 8
/** What pixels need to be shown as they are meant. @source W3C, "Portable Network Graphics (PNG) Specification (Third Edition)", 11 */
const PNG_KEPT: ReadonlySet<string> = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'bKGD', 'pHYs'],
  ...['acTL', 'fcTL', 'fdAT'],
])

function pngParts(file: Buffer): readonly Buffer[] {
  const kept = [file.subarray(0, PNG_SIGNATURE_BYTES)]
  for (let at = PNG_SIGNATURE_BYTES; ; ) {
    const end = at + 12 + file.readUInt32BE(at)
    if (end > file.length) throw new RangeError('a chunk ends beyond its file')
    const type = file.toString('latin1', at + 4, at + 8)
    if (PNG_KEPT.has(type)) kept.push(file.subarray(at, end))
    else if (type === 'eXIf') {
      const orientation = orientationOf(file.subarray(at + 8, end - 4))
      if (orientation !== 1) kept.push(pngChunk('eXIf', tiffSaying(orientation)))
    }
    if (type === 'IEND') return kept
    at = end
  }
}

function pngChunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

/** @source CIPA DC-008-2023 (Exif 3.0), 4.6.4 and 4.6.5.1.6 */
const ORIENTATION = 0x0112
const SHORT = 3

/** Which way up, 1 to 8; 1, as it lies, where nothing or nonsense is said. */
function orientationOf(tiff: Buffer): number {
  try {
    const little = tiff.toString('latin1', 0, 2) === 'II'
    const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
    const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
    for (let entry = 0; entry < short(directory); entry += 1) {
      const at = directory + 2 + entry * 12
      if (short(at) !== ORIENTATION) continue
      const said = short(at + 8)
      return said >= 1 && said <= 8 ? said : 1
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return 1
}

/** A directory of one entry. */
function tiffSaying(orientation: number): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('MM\0*', 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(ORIENTATION, 10)
  tiff.writeUInt16BE(SHORT, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(orientation, 18)
  return tiff
}

function startsWith(content: Buffer, beginning: Buffer): boolean {
  return content.subarray(0, beginning.length).equals(beginning)
}
