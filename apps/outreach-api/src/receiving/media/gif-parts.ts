/** @source CompuServe, "Graphics Interchange Format, Version 89a", 18 to 27 and Appendix F */
const GIF = { extension: 0x21, image: 0x2c, end: 0x3b, plainText: 0x01, control: 0xf9, application: 0xff }
/** Signature, size, and what says whether colours follow. */
const HEAD_BYTES = 13
/** How often frames are shown: an application of that name, and a block of three bytes that begins with 1. @source Netscape Navigator 2.0, which every browser follows */
const LOOP = Buffer.from([GIF.extension, GIF.application, 11, ...Buffer.from('NETSCAPE2.0', 'latin1'), 3, 1])
/** How long a frame is shown, and what becomes of it. */
const CONTROL = Buffer.from([GIF.extension, GIF.control, 4])

/**
 * A GIF in parts, without its comments, its texts, and what programs wrote into it. Of the extensions that are kept only
 * the bytes that mean something are, for any number of others may follow them.
 * @throws RangeError when it is not built as a GIF is
 */
export function gifParts(file: Buffer): readonly Buffer[] {
  let at = HEAD_BYTES + colourBytes(file.readUInt8(10))
  const kept = [file.subarray(0, at)]
  // Of the frame that comes next.
  let control: readonly Buffer[] = []
  for (;;) {
    // Some programs leave the end out; every other one shows what they made.
    const kind = at === file.length && kept.length > 1 ? GIF.end : file.readUInt8(at)
    if (kind === GIF.end) return [...kept, Buffer.from([GIF.end])]
    if (kind === GIF.image) {
      const end = endOfBlocks(file, at + 11 + colourBytes(file.readUInt8(at + 9)))
      kept.push(...control, file.subarray(at, end))
      control = []
      at = end
    } else if (kind === GIF.extension) {
      const end = endOfBlocks(file, at + 2)
      const content = file.subarray(at, end)
      if (startsWith(content, LOOP)) kept.push(withOneBlock(content, LOOP.length + 2))
      else if (startsWith(content, CONTROL)) control = [withOneBlock(content, CONTROL.length + 4)]
      // A text that is drawn is a frame too, and takes what was said of the next one.
      else if (content.readUInt8(1) === GIF.plainText) control = []
      at = end
    } else throw new RangeError('something that no GIF has')
  }
}

/** Bytes of the colours that follow, from the flags before them. */
function colourBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1)
}

/** Where blocks that begin at `at` are over: each says its length, and the last one has none. */
function endOfBlocks(file: Buffer, at: number): number {
  for (let next = at; ; ) {
    const bytes = file.readUInt8(next)
    next += 1 + bytes
    if (bytes === 0) return next
  }
}

/** What an extension says in its first `bytes`, and nothing more. */
function withOneBlock(content: Buffer, bytes: number): Buffer {
  return Buffer.concat([content.subarray(0, bytes), Buffer.from([0])])
}

function startsWith(content: Buffer, beginning: Buffer): boolean {
  return content.subarray(0, beginning.length).equals(beginning)
}
