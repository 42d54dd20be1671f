import { expect, test } from 'vitest'
import { checkZip, zipOf } from './zip.ts'

test('a zip of one file holds its name, its text and where they are', () => {
  const zip = zipOf('index.js', 'hello')
  expect(zip.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04')
  // CRC-32 of "hello" is 0x3610a686.
  expect(zip.readUInt32LE(14).toString(16)).toBe('3610a686')
  expect(zip.subarray(30, 43).toString()).toBe('index.jshello')
  // The directory begins after 30 bytes of header, 8 of name and 5 of text.
  expect(zip.readUInt32LE(zip.length - 6)).toBe(43)
  expect(() => checkZip(zip)).not.toThrow()
})

test('files of 250 MB together are refused, whatever the zip weighs', () => {
  const zip = zipOf('index.js', 'hello')
  zip.writeUInt32LE(262_144_000, 43 + 24)
  expect(() => checkZip(zip)).toThrow('Unzipped size must be smaller than 262144000 bytes')
})

test('what is no zip is refused', () => {
  expect(() => checkZip(Buffer.from('PK but no end'))).toThrow('Could not unzip uploaded file.')
})
