import * as z from 'zod'

/** Lies beside the code of every function, written by the build: which release it belongs to. */
export const RELEASE_FILE = 'release.json'

/** What it holds. */
export const releaseFile = z.object({ release: z.string().min(1) })

/** Name of the release that a file's text says. @throws Error when it says none */
export function readReleaseFile(text: string): string {
  const parsed = releaseFile.safeParse(jsonOf(text))
  if (!parsed.success) throw new Error(`${RELEASE_FILE} beside the function names no release`)
  return parsed.data.release
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
