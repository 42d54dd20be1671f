import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { isOurs } from './process-identity.ts'

/** A claim is written right after it was made; only a machine that goes down in between leaves an empty one. */
const WRITTEN_WITHIN_MS = 5000

/** A data folder that another site is using. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError'
  readonly pid: number
  constructor(dataDir: string, pid: number) {
    super(`another site already runs in ${dataDir} (process ${pid}). Stop it first, or use it as it is.`)
    this.pid = pid
  }
}

/**
 * Takes a data folder for this process until the returned function is called. A claim of a process that is gone does
 * not count.
 * @throws DataDirInUseError
 */
export function claimDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const path = claimPath(dataDir)
  for (let attempt = 0; ; attempt += 1) {
    try {
      const file = openSync(path, 'wx', 0o600)
      writeSync(file, `${process.pid}\n`)
      closeSync(file)
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const holder = claimHolder(dataDir)
    if (holder !== undefined) throw new DataDirInUseError(dataDir, holder)
    if (attempt === 3) throw new Error(`${path} cannot be taken over`)
    rmSync(path, { force: true })
  }
}

/** Process that holds a data folder, or undefined when none that lives does. */
export function claimHolder(dataDir: string): number | undefined {
  let text: string
  try {
    text = readFileSync(claimPath(dataDir), 'utf8')
  } catch {
    return undefined
  }
  const pid = Number(text)
  // An empty file is being written this very moment, by a process whose number we cannot know yet; an old one never was.
  if (text === '' && isYoung(claimPath(dataDir))) return 0
  return Number.isSafeInteger(pid) && pid > 0 && isOurs(pid) ? pid : undefined
}

function isYoung(path: string): boolean {
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0 }
  return Date.now() - mtimeMs < WRITTEN_WITHIN_MS
}

function claimPath(dataDir: string): string {
  return join(dataDir, 'site.lock')
}
