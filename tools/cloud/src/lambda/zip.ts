import { crc32 } from 'node:zlib'
import { AwsError } from '../wire/aws-error.ts'

/** What may be sent in a request; through S3 only the size of the files counts. @source AWS Lambda Developer Guide, "Lambda quotas" */
export const MAX_ZIP_BYTES = 52_428_800
const MAX_FILES_BYTES = 262_144_000

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/** @source .ZIP File Format Specification, sections 4.3.12 and 4.3.16 @throws AwsError InvalidParameterValueException */
export function checkZip(zip: Buffer): void {
  let total = 0
  let at = directoryStart(zip)
  while (at + 46 <= zip.length && zip.readUInt32LE(at) === DIRECTORY_ENTRY) {
    total += zip.readUInt32LE(at + 24)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  if (total >= MAX_FILES_BYTES) {
    throw new AwsError('InvalidParameterValueException', `Unzipped size must be smaller than ${MAX_FILES_BYTES} bytes`)
  }
}

function directoryStart(zip: Buffer): number {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 65_557); at--) {
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY) return zip.readUInt32LE(at + 16)
  }
  const message = 'Could not unzip uploaded file. Please check your file, then try to upload again.'
  throw new AwsError('InvalidParameterValueException', message)
}

/** A zip of one file, as CloudFormation makes it of code that is written in a template. */
export function zipOf(fileName: string, text: string): Buffer {
  const [name, content] = [Buffer.from(fileName), Buffer.from(text)]
  const sizes = Buffer.alloc(16)
  sizes.writeUInt32LE(crc32(content), 0)
  sizes.writeUInt32LE(content.length, 4)
  sizes.writeUInt32LE(content.length, 8)
  sizes.writeUInt16LE(name.length, 12)
  // Version 2.0, stored, 1 January 1980: the same text gives the same zip, and so the same hash.
  const common = Buffer.from([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0])
  const file = Buffer.concat([Buffer.from('PK\x03\x04'), common, sizes, name, content])
  const entryEnd = Buffer.alloc(14)
  const entry = Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, sizes, entryEnd, name])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END_OF_DIRECTORY, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(file.length, 16)
  return Buffer.concat([file, entry, end])
}
