import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import type { SamplePerson } from '@sax/sample-data'
import { signIn } from './sign-in.ts'

/**
 * Cookies of a signed-in person, kept for the run: every test but those about signing in starts behind the door.
 * Returns the file Playwright reads them from.
 */
export async function sessionState(
  browser: Browser,
  hostUrl: string,
  person: SamplePerson,
  dataDir: string,
): Promise<string> {
  const folder = join(dataDir, 'sessions')
  const file = join(folder, `${new URL(hostUrl).port}-${person.saxId}.json`)
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page, hostUrl, person)
  // Beside the other worker, which may be signing the same person in.
  await context.storageState({ path: file })
  await context.close()
  return file
}
