import { readFileSync, statSync, writeFileSync } from 'node:fs'

/** Files as commands read and write them. Both throw what Node throws. */
export interface Files {
  readonly read: (path: string) => string
  readonly write: (path: string, text: string) => void
}

/** Own limit: a template is at most 1 MB, a live configuration less. */
const MAX_BYTES = 8 * 1024 * 1024

export const diskFiles: Files = {
  read: (path) => {
    if (statSync(path).size > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES} bytes`)
    return readFileSync(path, 'utf8')
  },
  write: (path, text) => writeFileSync(path, text),
}

/** Why a file could not be read or written, as the end of a sentence. */
export function fileTrouble(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return TROUBLES[code] ?? (code === '' ? 'it is too large' : code)
}

const TROUBLES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}
