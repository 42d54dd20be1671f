import type { Page } from '@playwright/test'
import { patients } from '@sax/sample-data'
import { barriers } from '../site/accessibility.ts'
import { expect, test } from '../site/conversation-test.ts'
import { NEWS, textAs } from '../site/conversations.ts'
import { dana } from '../site/people.ts'

/** Patients of the practice whom no other test writes about. */
const ofPractice = patients.filter(({ practiceId }) => practiceId === dana.practiceId)
const [one, other] = [ofPractice.at(-3), ofPractice.at(-4)]
const nameOf = (patient: typeof one) => `${patient?.firstName} ${patient?.lastName}`

async function add(page: Page, patient: typeof one): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /^Patients behind/ })
  await dialog.getByRole('button', { name: /^Add a patient/ }).click()
  await page.getByRole('combobox', { name: 'Add a patient' }).fill(nameOf(patient))
  await page
    .getByRole('option', { name: nameOf(patient) })
    .first()
    .click()
  await expect(dialog.getByRole('radio', { name: nameOf(patient) })).toBeVisible()
}

test('an unknown number gets its patient, then a second one; a person says whom it is about, and who else is named', async ({
  begin,
  site,
}) => {
  const { page, id, phone, url, message, row } = await begin(dana)
  await textAs(site, phone, 'Who is this?')
  await page.goto(url)
  await page.getByRole('button', { name: 'Link a patient' }).click()
  const dialog = page.getByRole('dialog', { name: /^Patients behind/ })
  await add(page, one)
  await expect(dialog.getByRole('radio', { name: nameOf(one) })).toBeChecked()
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { name: nameOf(one) })).toBeVisible()
  await expect(row(id)).toContainText(nameOf(one), NEWS)
  await expect(page.getByText('Nobody known has this number.')).toHaveCount(0)
  await expect(message).toBeFocused()

  await page.getByRole('button', { name: 'More', exact: true }).last().click()
  await page.getByRole('menuitem', { name: 'Patients behind this number' }).click()
  await add(page, other)
  await dialog.getByRole('radio', { name: 'Nobody in particular' }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('2 patients share this phone')).toBeVisible()
  await page.getByRole('button', { name: 'Choose one' }).click()
  await dialog.getByRole('radio', { name: nameOf(one) }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: nameOf(one) })).toBeVisible()

  await message.fill(`Dear ${other?.firstName} ${other?.lastName}`)
  await expect(page.getByText(`${nameOf(other)} may be named here.`)).toBeVisible()
  await message.fill('Your mask is here')
  await expect(page.getByText('may be named here')).toHaveCount(0)
})
