import type { Page } from '@playwright/test'
import { patients } from '@sax/sample-data'
import { outreachApiPath, outreachPath } from '@sax/topology'
import { barriers } from '../site/accessibility.ts'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { DELIVERED, messagesOf, newPhone, receivedBy, threadOf } from '../site/conversations.ts'
import { dana, siobhan } from '../site/people.ts'
import { endSession, pick } from '../site/sign-in.ts'
import { storeTemplate } from '../site/templates.ts'

/** A patient of the practice whom no other test writes about. */
const patient = patients.filter(({ practiceId }) => practiceId === dana.practiceId).at(-5)
const patientName = `${patient?.firstName} ${patient?.lastName}`

/** The dialog, and what is written into it. */
function newConversation(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'New conversation' })
  return {
    dialog,
    begin: () => page.getByRole('button', { name: 'New', exact: true }).click(),
    chosen: dialog.getByRole('button', { name: /^Patient/ }),
    phone: dialog.getByRole('textbox', { name: /telephone number/ }),
    words: dialog.getByRole('textbox', { name: /First message/ }),
    button: (name: string) => dialog.getByRole('button', { name, exact: true }),
    choose: async (name: string) => {
      await dialog.getByRole('button', { name: /^Patient/ }).click()
      await page.getByRole('combobox', { name: 'Patient' }).fill(name)
      await page.getByRole('option', { name }).first().click()
      // While it leaves the screen it is still what Escape is for.
      await expect(page.getByRole('combobox', { name: 'Patient' })).toHaveCount(0)
    },
  }
}

/** Names under which this browser keeps first messages. */
const keptIn = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith(':new')))

/** The hour of the test is not the hour of the patient: whoever asks is told that it is night, or that it is not. */
async function letItBe(page: Page, hour: 'night' | 'day'): Promise<string> {
  const changesAt = new Date(Date.now() + 8 * 3_600_000).toISOString()
  await page.route('**/conversations/check-duplicate', async (route) => {
    const response = await route.fetch()
    const { data } = (await response.json()) as { data?: object }
    const quietHours = { timeZone: 'America/New_York', quietNow: hour === 'night', changesAt }
    await route.fulfill({ response, ...(data && { json: { data: { ...data, quietHours } } }) })
  })
  return changesAt
}

test('A10: a conversation begins with a template filled in for the chosen patient, and at night it waits', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const template = await storeTemplate(page, site.urls.host, {
    name: uniqueName('First words'),
    category: 'appointments',
    content: 'Good day {{firstName}}, welcome',
    scope: 'private',
  })
  const changesAt = await letItBe(page, 'night')
  const phone = newPhone()
  await page.goto(site.urls.host + outreachPath('conversations'))
  await page.getByRole('button', { name: 'New', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'New conversation' })
  await dialog.getByRole('button', { name: /^Patient/ }).click()
  await page.getByRole('combobox', { name: 'Patient' }).fill(patientName)
  await page.getByRole('option', { name: patientName }).first().click()
  await dialog.getByRole('textbox', { name: /telephone number/ }).fill(phone.slice(2))
  await dialog.getByRole('button', { name: 'Templates' }).click()
  await page.getByRole('combobox', { name: 'Templates' }).fill(template.name)
  await page.getByRole('option', { name: template.name }).click()
  const words = `Good day ${patient?.firstName}, welcome`
  await expect(dialog.getByRole('textbox', { name: /First message/ })).toHaveValue(words)

  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(dialog.getByText('Quiet until')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Send now' })).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Send in the morning' }).click()

  await expect(page.getByRole('heading', { name: patientName })).toBeVisible()
  await expect(threadOf(page).log.getByText(words)).toBeVisible()
  await expect(threadOf(page).log.getByText('Scheduled')).toBeVisible()
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  expect(await messagesOf(page, site.urls.host, id)).toMatchObject([{ scheduledFor: changesAt, body: words }])
  expect(await receivedBy(site, phone)).toEqual([])
})

test('A9: a first message outlives Escape, a reload and other tabs, until it is discarded or sent', async ({
  deskOf,
  site,
}) => {
  const { context, page } = await deskOf(dana)
  await letItBe(page, 'day')
  const phone = newPhone()
  const text = uniqueName('Half a first thought')
  const here = newConversation(page)
  await page.goto(site.urls.host + outreachPath('conversations'))
  await here.begin()
  await here.choose(patientName)
  await here.phone.fill(phone.slice(2))
  await here.words.fill(text)
  await page.keyboard.press('Escape')
  await expect(here.dialog).toHaveCount(0)
  await here.begin()
  await expect(here.words).toHaveValue(text)
  await expect(here.dialog.getByText('You began this before')).toBeVisible()
  expect(await barriers(page)).toEqual([])

  await page.reload()
  expect(page.url()).toBe(site.urls.host + outreachPath('conversations'))
  await here.begin()
  await expect(here.words).toHaveValue(text)
  await expect(here.phone).toHaveValue(phone.slice(2))
  await expect(here.chosen).toHaveAccessibleName(`Patient: ${patientName}`)
  expect(await keptIn(page)).toEqual([`outreach-message:${dana.saxId}:${dana.practiceId}:new`])

  const other = await context.newPage()
  const there = newConversation(other)
  await other.goto(site.urls.host + outreachPath('conversations'))
  await there.begin()
  await expect(there.chosen).toHaveAccessibleName(`Patient: ${patientName}`)
  await there.words.fill(`${text}, ended there`)
  await expect(here.words).toHaveValue(`${text}, ended there`)

  // Discarded here is discarded everywhere, and comes back as long as one stays.
  await here.button('Discard').click()
  await expect(here.words).toHaveValue('')
  await expect(there.words).toHaveValue('')
  expect(await keptIn(page)).toEqual([])
  await here.button('Bring back what you discarded').click()
  await expect(here.words).toHaveValue(`${text}, ended there`)
  await expect(here.phone).toHaveValue(phone.slice(2))
  await here.button('Keep for later').click()
  await here.begin()
  await here.button('Send').click()
  await expect(threadOf(page).log.getByText(`${text}, ended there`)).toBeVisible()
  expect(await keptIn(page)).toEqual([])
  await expect(there.words).toHaveValue('')
  await here.begin()
  await expect(here.words).toHaveValue('')
  await expect(here.chosen).toHaveAccessibleName('Patient: Choose a patient')
})

test("A9: a first message outlives the session, and is nobody else's who signs in at the same browser", async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const { begin, words, phone, dialog } = newConversation(page)
  const text = uniqueName('Mine alone')
  await page.goto(site.urls.host + outreachPath('conversations'))
  await begin()
  await phone.fill('(617) 555-0100')
  await words.fill(text)
  for (const [person, expected] of [
    [siobhan, ''],
    [dana, text],
  ] as const) {
    await endSession(page)
    await page.goto(site.urls.host + outreachPath('conversations'))
    await pick(page, person)
    await page.waitForURL((url) => url.pathname === outreachPath('conversations'))
    await begin()
    await expect(dialog).toBeVisible()
    await expect(words).toHaveValue(expected)
  }
})

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

  test('A9: a first message whose answer was lost is sent again after a reload, and goes once', async ({
    deskOf,
    site,
  }) => {
    const { page } = await deskOf(dana)
    await letItBe(page, 'day')
    const phone = newPhone()
    const text = uniqueName('Did it leave?')
    const { begin, ...dialog } = newConversation(page)
    await page.goto(site.urls.host + outreachPath('conversations'))
    await begin()
    await dialog.phone.fill(phone.slice(2))
    await dialog.words.fill(text)
    const path = outreachApiPath('conversations')
    const isAttempt = (url: URL) => url.pathname === path
    await page.route(isAttempt, async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      await route.abort()
    })
    await dialog.button('Send').click()
    await expect(dialog.dialog.getByRole('alert')).toContainText('Outreach cannot be reached')
    await page.unroute(isAttempt)
    await page.reload()
    await begin()
    await expect(dialog.words).toHaveValue(text)
    await dialog.button('Send').click()
    const { log, message } = threadOf(page)
    await expect(log.getByText(text)).toHaveCount(1)
    await expect(message).toHaveValue('')
    await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
    expect(await receivedBy(site, phone)).toEqual([text])
  })

  test('a first message to a number one already talks to is not lost: it stands in the conversation there is', async ({
    open,
  }) => {
    const { page, id, phone, message } = await open(dana)
    await letItBe(page, 'day')
    await message.fill('Begun before')
    await page.getByRole('button', { name: 'New', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'New conversation' })
    await dialog.getByRole('textbox', { name: /telephone number/ }).fill(phone.slice(2))
    await dialog.getByRole('textbox', { name: /First message/ }).fill('Are you well?')
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(dialog).toBeHidden()
    await page.waitForURL((url) => url.pathname === outreachPath('conversations', id))
    await expect(message).toHaveValue('Are you well?\nBegun before')
  })
})
