import type { Page } from '@playwright/test'
import { patients } from '@sax/sample-data'
import { outreachPath } from '@sax/topology'
import { barriers } from '../site/accessibility.ts'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { messagesOf, newPhone, receivedBy, threadOf } from '../site/conversations.ts'
import { dana } from '../site/people.ts'
import { storeTemplate } from '../site/templates.ts'

/** A patient of the practice whom no other test writes about. */
const patient = patients.filter(({ practiceId }) => practiceId === dana.practiceId).at(-5)
const patientName = `${patient?.firstName} ${patient?.lastName}`

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

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

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
