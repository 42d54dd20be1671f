import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BuildError } from '../build/build-error.ts'
import { openRelease } from '../build/open-release.ts'
import type { ArtefactAtHand } from './ports.ts'
import { ReleaseStop } from './release-stop.ts'

/** The artefact in a folder, every file of it checked. @throws ReleaseStop when it is none, or not as it was built */
export async function artefactInFolder(folder: string): Promise<ArtefactAtHand> {
  try {
    const manifest = await openRelease(folder)
    return { manifest, file: (path) => readFile(join(folder, path)) }
  } catch (error) {
    if (error instanceof BuildError) throw new ReleaseStop('refused', error.message, { cause: error })
    throw error
  }
}

/** Runs a program with this terminal. Its exit code; null: it could not be started, or a signal ended it. */
export function runHere([program = '', ...args]: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit' })
    child.once('error', () => resolve(null))
    child.once('exit', (code) => resolve(code))
  })
}
