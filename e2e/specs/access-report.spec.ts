import { patients } from '@sax/sample-data'
import { outreachApiPath, outreachPath } from '@sax/topology'
import { excludesNobody } from '../site/accessibility.ts'
import { threadOf } from '../site/conversations.ts'
import { dana, luis, marcus, siobhan } from '../site/people.ts'
import { expect, test } from '../site/test.ts'

/** The first conversation of the sample data, and the one patient behind its number. */
const hers = '30000000-0000-4000-8000-000000000001'
const her = patients.find(({ phone }) => phone === '+16175550101')
if (her === undefined) throw new Error('the sample data has lost its first patient')
const herName = `${her.firstName} ${her.lastName}`
const reportPath = outreachPath('patients', her.id, 'access-report')
/** More than one answer of the API holds. */
const LOOKS = 210

declare global {
  interface Window {
    /** Rows that were on the page when it was printed. */
    rowsPrinted?: number
  }
}

test('a manager prints who has seen a patient’s data: who, when and what in plain words, all of it', async ({
  deskOf,
  site,
}) => {
  const [reader, other, manager] = [await deskOf(dana), await deskOf(siobhan), await deskOf(marcus)]
  await reader.page.goto(site.urls.host + outreachPath('conversations', hers))
  await expect(reader.page.getByRole('region', { name: 'Messages' })).toBeVisible()
  for (let look = 0; look < LOOKS; look += 1)
    await other.page.request.get(site.urls.host + outreachApiPath('conversations', hers))

  const { page } = manager
  await page.addInitScript(() => {
    window.print = () => {
      window.rowsPrinted = document.querySelectorAll('tbody tr').length
    }
  })
  await page.goto(site.urls.host + outreachPath('conversations', hers))
  await threadOf(page).more.click()
  await page.getByRole('menuitem', { name: 'Who has seen this' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Who has seen the data of ${herName}`)
  await expect(page).toHaveTitle('Access report · Outreach')
  const rows = page.locator('tbody tr')
  await expect(rows).toHaveCount(200)
  await expect(rows.first()).toContainText(/^\w{3} \d{1,2}, \d{4}, \d{1,2}:\d{2}:\d{2} [AP]M E[SD]T/)
  await expect(rows.filter({ hasText: siobhan.name }).filter({ hasText: 'Opened the conversation' })).not.toHaveCount(0)
  const status = page.getByRole('status').filter({ hasText: 'accesses' })
  await expect(status).toHaveText(/^The newest 200 of \d+ accesses\.$/)
  const total = Number(/of (\d+)/.exec((await status.textContent()) ?? '')?.[1])
  expect(total).toBeGreaterThan(LOOKS)

  await page.getByRole('button', { name: 'Print' }).click()
  await expect.poll(() => page.evaluate(() => window.rowsPrinted)).toBe(total)
  await expect(status).toHaveText(`${total} accesses.`)
  await expect(rows.filter({ hasText: dana.name }).filter({ hasText: 'Opened the conversation' })).not.toHaveCount(0)

  // On paper: the report and nothing around it, dark on white although the screen is dark. A page that is turned into
  // paper moves, which is no fault of it: this one is paper from the start.
  const paper = await manager.context.newPage()
  await paper.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await paper.goto(site.urls.host + reportPath)
  await expect(paper.locator('tbody tr')).toHaveCount(200)
  for (const gone of [
    paper.getByRole('banner'),
    paper.getByRole('button', { name: 'Print' }),
    paper.getByLabel('First day'),
  ])
    await expect(gone.first()).toBeHidden()
  await expect(paper.getByText(`Made by ${marcus.name}`)).toBeVisible()
  await expect(paper.getByRole('columnheader', { name: 'When' })).toBeVisible()
  expect(await paper.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(16, 32, 47)')
  expect((await paper.pdf()).length).toBeGreaterThan(10_000)
})

test('a report is of the days that are asked for', async ({ deskOf, site }) => {
  const { page } = await deskOf(marcus)
  await page.goto(site.urls.host + reportPath)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Who has seen the data of ${herName}`)
  const [first, last] = [page.getByLabel('First day'), page.getByLabel('Last day')]
  await first.fill('2020-01-01')
  await last.fill('2020-01-31')
  await expect(page.getByText('Nobody has seen the data in this time')).toBeVisible()
  await expect(page.getByText('From January 1, 2020 to January 31, 2020')).toBeVisible()
  await first.fill('2020-02-01')
  await expect(page.getByText('The first day lies after the last one.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Print' })).toBeDisabled()
})

test('the report excludes nobody, in light and dark and in every width', async ({ deskOf, site }) => {
  const { page } = await deskOf(marcus)
  await page.goto(site.urls.host + reportPath)
  await expect(page.locator('tbody tr').first()).toBeVisible()
  for (const width of [320, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    await excludesNobody(page, `the report at ${width} px`)
  }
})

test.describe('those without the right', () => {
  test.use({ browserErrors: 'expected' })

  test('a coordinator is offered no report, and is refused one', async ({ deskOf, site }) => {
    const { page } = await deskOf(dana)
    await page.goto(site.urls.host + outreachPath('conversations', hers))
    await threadOf(page).more.click()
    await expect(page.getByRole('menuitem', { name: /^Archive/ })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: /Who has seen/ })).toHaveCount(0)
    await page.goto(site.urls.host + reportPath)
    await expect(page.getByText('This is not open to you')).toBeVisible()
    await expect(page.locator('tbody tr')).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Print' })).toBeDisabled()
  })

  test('for another tenant there is no such patient', async ({ deskOf, site }) => {
    const { page } = await deskOf(luis)
    await page.goto(site.urls.host + reportPath)
    await expect(page.getByText('It does not exist, or belongs to another practice.')).toBeVisible()
    await expect(page.getByText(herName)).toHaveCount(0)
  })
})
