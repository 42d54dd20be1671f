import { outreachPath } from '@sax/topology'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { NEWS } from '../site/conversations.ts'
import { listOf } from '../site/list.ts'
import { dana } from '../site/people.ts'
import { storeTemplate } from '../site/templates.ts'

for (const name of ["Maeve O'Brien", 'José Núñez', '李 小龙', '<b>x</b> Markup']) {
  test(`${name} is called so in the list, the conversation, the search and a template`, async ({ begin, site }) => {
    const friendlyName = uniqueName(name)
    const { page, id, log, message, row, sendAtOnce } = await begin(dana, { friendlyName })
    const template = await storeTemplate(page, site.urls.host, {
      name: uniqueName(`For ${name}`),
      category: 'appointments',
      content: `Good day ${name}, see you then`,
      scope: 'private',
    })
    await page.goto(site.urls.host + outreachPath('conversations'))
    const { search, rows } = listOf(page)
    await search.fill(friendlyName)
    await expect(rows).toHaveCount(1)
    await expect(row(id)).toContainText(friendlyName)
    await row(id).click()
    await expect(page.getByRole('heading', { level: 2, name: friendlyName })).toBeVisible()

    await page.getByRole('button', { name: 'Templates', exact: true }).click()
    await page.getByRole('combobox', { name: 'Templates' }).fill(template.name)
    await page.getByRole('option', { name: template.name }).click()
    await expect(message).toHaveValue(`Good day ${name}, see you then`)
    await sendAtOnce()
    await expect(log.getByText(`Good day ${name}, see you then`)).toBeVisible()
    // A tag in a name is letters: it makes nothing bold.
    await expect(page.locator('main b')).toHaveCount(0)
  })
}

test('a conversation is renamed for the practice, and goes by its number again', async ({ open }) => {
  const { page, id, row } = await open(dana)
  const rename = async (name: string) => {
    await page.getByRole('button', { name: 'More', exact: true }).last().click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toBeHidden()
  }
  await rename('The neighbour of <b>x</b>')
  await expect(page.getByRole('heading', { name: 'The neighbour of <b>x</b>' })).toBeVisible()
  await expect(row(id)).toContainText('The neighbour of <b>x</b>', NEWS)
  await rename('')
  await expect(page.getByText('Unknown number')).toBeVisible()
})
