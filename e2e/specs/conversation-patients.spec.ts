import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { patients } from '@sax/sample-data'
import { outreachPath } from '@sax/topology'
import { beginConversation, newPhone, textAs, threadOf } from '../site/conversations.ts'
import { dana } from '../site/people.ts'
import { expect, test } from '../site/test.ts'

const NEWS = { timeout: 15_000 }
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
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
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const { id } = await beginConversation(page, site.urls.host, { phone })
  await textAs(site, phone, 'Who is this?')
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { message, row } = threadOf(page)
  await page.getByRole('button', { name: 'Link a patient' }).click()
  const dialog = page.getByRole('dialog', { name: /^Patients behind/ })
  await add(page, one)
  await expect(dialog.getByRole('radio', { name: nameOf(one) })).toBeChecked()
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
  expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])
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

test('a conversation is renamed for the practice, and goes by its number again', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { id } = await beginConversation(page, site.urls.host, { phone: newPhone() })
  await page.goto(site.urls.host + outreachPath('conversations', id))
  await expect(threadOf(page).message).toBeEditable()
  const rename = async (name: string) => {
    await page.getByRole('button', { name: 'More', exact: true }).last().click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toBeHidden()
  }
  await rename('The neighbour of <b>x</b>')
  await expect(page.getByRole('heading', { name: 'The neighbour of <b>x</b>' })).toBeVisible()
  await expect(threadOf(page).row(id)).toContainText('The neighbour of <b>x</b>', NEWS)
  await rename('')
  await expect(page.getByText('Unknown number')).toBeVisible()
})
