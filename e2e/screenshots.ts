import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, expect, type Page } from '@playwright/test'
import { isMotoInstalled } from '@sax/cloud'
import { type LocalSite, readLocalSite, repositoryRoot } from '@sax/local/settings'
import type { SamplePerson } from '@sax/sample-data'
import { hostPath, loginPath, outreachPath } from '@sax/topology'
import { browserFlags } from '@sax/zones/browser-flags'
import { env } from './env.ts'
import { takeReleases } from './release-pictures.ts'
import { dataDirOf } from './site/data-dir.ts'
import { dana, marcus, ruth } from './site/people.ts'
import { pick, signIn } from './site/sign-in.ts'
import { startFresh } from './site/site-under-test.ts'
import { editorOf, storeTemplate } from './site/templates.ts'
import { takeTerminals } from './terminal-pictures.ts'

/** The pictures of the documentation, taken from a running site: `npm run screenshots`. */
const imageDir = join(repositoryRoot, 'docs', 'images')

interface Studio {
  readonly browser: Browser
  readonly hostUrl: string
}

async function desk(
  { browser }: Studio,
  colorScheme: 'light' | 'dark' = 'light',
  viewport = { width: 1440, height: 900 },
): Promise<BrowserContext> {
  return browser.newContext({
    viewport,
    locale: 'en-US',
    timezoneId: 'America/New_York',
    colorScheme,
  })
}

async function signedIn(studio: Studio, person: SamplePerson, colorScheme?: 'light' | 'dark'): Promise<Page> {
  const page = await (await desk(studio, colorScheme)).newPage()
  await signIn(page, studio.hostUrl, person)
  return page
}

async function take(page: Page, name: string): Promise<void> {
  await expect(page.locator('[aria-busy="true"], [data-slot="skeleton"]')).toHaveCount(0)
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => document.fonts.ready)
  const path = join(imageDir, `${name}.png`)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  process.stdout.write(`${path} (${Math.round(statSync(path).size / 1024)} kB)\n`)
}

async function takePicker(studio: Studio): Promise<void> {
  const page = await (await desk(studio)).newPage()
  await page.goto(studio.hostUrl + loginPath(hostPath('')))
  await expect(page.getByRole('button', { name: ruth.name })).toBeVisible()
  await take(page, 'person-picker')
  await pick(page, ruth)
  await page.waitForURL(studio.hostUrl + hostPath(''))
  await page.context().close()
}

async function takePages(studio: Studio): Promise<void> {
  const page = await signedIn(studio, ruth)
  const shots = [
    ['home', hostPath('')],
    ['patients', hostPath('patients')],
    ['zones', hostPath('admin', 'zones')],
    ['templates', outreachPath('templates')],
  ] as const
  for (const [name, path] of shots) {
    await page.goto(studio.hostUrl + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await take(page, name)
  }
  await page.context().close()
  const dark = await signedIn(studio, ruth, 'dark')
  await dark.goto(studio.hostUrl + outreachPath('templates'))
  await expect(dark.getByText('Welcome Message', { exact: true }).first()).toBeVisible()
  await take(dark, 'templates-dark')
  await dark.context().close()
}

/** The first conversation of the sample data: somebody who has been waiting. */
const WAITING = '30000000-0000-4000-8000-000000000001'

async function takeConversations(studio: Studio): Promise<void> {
  const page = await signedIn(studio, dana)
  await page.goto(studio.hostUrl + outreachPath('conversations', WAITING))
  await expect(page.getByRole('region', { name: 'Messages' })).toBeVisible()
  await take(page, 'conversations')
  await page.context().close()
  const context = await desk(studio, 'dark', { width: 390, height: 844 })
  const phone = await context.newPage()
  await signIn(phone, studio.hostUrl, dana)
  await phone.goto(studio.hostUrl + outreachPath('conversations', WAITING))
  await expect(phone.getByRole('region', { name: 'Messages' })).toBeVisible()
  await take(phone, 'conversation-phone-dark')
  await context.close()
}

async function takeEditorAndConflict(studio: Studio): Promise<void> {
  const mine = await signedIn(studio, ruth)
  const theirs = await signedIn(studio, marcus)
  const { id } = await storeTemplate(mine, studio.hostUrl, {
    name: 'Mask fitting reminder',
    category: 'appointments',
    content:
      'Hi {{firstName}}, this is {{coordinatorName}} from {{practiceName}}. Your mask fitting is on {{visitDate}}.',
    scope: 'practice',
  })
  for (const page of [mine, theirs]) {
    await page.goto(studio.hostUrl + outreachPath('templates', id))
    await expect(editorOf(page).message).toBeVisible()
  }
  await mine.getByRole('button', { name: /^Patient: / }).click()
  await mine.getByRole('combobox', { name: 'Patient' }).fill("o'brien")
  await mine
    .getByRole('option', { name: /O'Brien/ })
    .first()
    .click()
  await mine.getByRole('textbox', { name: /visit ?date/i }).fill('Tuesday at 9:30')
  await expect(editorOf(mine).preview).toContainText('Tuesday')
  await editorOf(mine).preview.click()
  await take(mine, 'editor')

  const { message, save } = editorOf(theirs)
  await message.fill(
    'Hi {{firstName}}, your mask fitting at {{practiceName}} is on {{visitDate}}. Please bring your old mask.',
  )
  await save.click()
  await expect(save).toBeDisabled()
  await editorOf(mine).message.fill(
    'Hi {{firstName}}, your mask fitting is on {{visitDate}}. Reply YES to confirm, or call {{practicePhone}}.',
  )
  await editorOf(mine).save.click()
  await expect(mine.getByRole('dialog')).toBeVisible()
  await take(mine, 'conflict')
  await mine.getByRole('button', { name: 'Take theirs' }).click()
  await mine.getByRole('button', { name: /^Actions for / }).click()
  await mine.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(mine.getByRole('button', { name: 'Undo' })).toBeVisible()
}

/** A site of its own unless one runs: pictures show fresh sample data, and what the sources are now. */
async function siteToShow(): Promise<{ readonly site: LocalSite; readonly stop: () => Promise<void> }> {
  const running = readLocalSite()
  if (running !== undefined) {
    process.stdout.write('Pictures of the site that runs here, as it was built when it started\n')
    return { site: running, stop: async () => undefined }
  }
  const started = await startFresh({
    built: 'now',
    dataDir: dataDirOf('screenshots'),
    index: 3,
    routing: 'host',
    release: '0.1.0',
  })
  return { site: started.site, stop: () => started.stop() }
}

/** Pictures of commands, and of releases, which speak to an AWS. */
async function takeCommands({ browser }: Studio): Promise<void> {
  if (isMotoInstalled()) {
    await takeTerminals(browser, imageDir)
    await takeReleases(browser, imageDir)
  } else process.stdout.write('Left out, for it needs moto_server: pictures of commands that speak to AWS\n')
}

const groups = {
  picker: takePicker,
  pages: takePages,
  conversations: takeConversations,
  editor: takeEditorAndConflict,
  commands: takeCommands,
} as const satisfies Record<string, (studio: Studio) => Promise<void>>

/** Groups named by the caller, `npm run screenshots -- conversations`; all when none is. @throws Error for another word */
function wanted(names: readonly string[]): readonly ((studio: Studio) => Promise<void>)[] {
  const unknown = names.find((name) => !Object.hasOwn(groups, name))
  if (unknown !== undefined)
    throw new Error(`no pictures are called ${unknown}; there are ${Object.keys(groups).join(', ')}`)
  return Object.entries(groups).flatMap(([name, take]) => (names.length === 0 || names.includes(name) ? [take] : []))
}

const toTake = wanted(process.argv.slice(2))
mkdirSync(imageDir, { recursive: true })
const { site, stop } = await siteToShow()
const browser = await chromium.launch({ executablePath: env().CHROMIUM_PATH, args: browserFlags })
try {
  for (const takeGroup of toTake) await takeGroup({ browser, hostUrl: site.urls.host })
} finally {
  await browser.close()
  await stop()
}
