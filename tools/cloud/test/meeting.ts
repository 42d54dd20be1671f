import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, vi } from 'vitest'

/** Where a test meets functions that run in processes of their own. */
export interface Meeting {
  readonly folder: string
  /** Resolves when the call of that name has arrived. */
  readonly isHere: (name: string) => Promise<void>
  /** Lets all that have arrived go on. */
  readonly letGo: () => Promise<void>
  readonly end: () => Promise<void>
}

/** A handler that says that it is there, and waits until the test lets it go on. Its event is `{ meeting: folder, name }`. */
export const waiting = (text: string) => `
import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
export const handler = async ({ meeting, name }) => {
  writeFileSync(meeting + '/here-' + name, '')
  while (!existsSync(meeting + '/go')) await setTimeout(5)
  return ${JSON.stringify(text)}
}`

export async function openMeeting(): Promise<Meeting> {
  const folder = await mkdtemp(join(tmpdir(), 'meeting-'))
  return {
    folder,
    isHere: (name) =>
      vi.waitFor(async () => expect(existsSync(join(folder, `here-${name}`))).toBe(true), {
        timeout: 10_000,
        interval: 10,
      }),
    letGo: () => writeFile(join(folder, 'go'), ''),
    end: () => rm(folder, { recursive: true }),
  }
}
