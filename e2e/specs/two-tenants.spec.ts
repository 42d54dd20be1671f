import { hostPath, outreachPath } from '@sax/topology'
import { dana, luis } from '../site/people.ts'
import { expect, test } from '../site/test.ts'

test('C1, C2: two people of two tenants look at the same pages in turns and see only their own', async ({
  deskOf,
  site,
}) => {
  const desks = [
    { ...(await deskOf(dana)), own: 'Harbor Sleep Center', other: 'Puget Sound Sleep', name: dana.name },
    { ...(await deskOf(luis)), own: 'Puget Sound Sleep', other: 'Harbor Sleep Center', name: luis.name },
  ]
  for (const path of [outreachPath('templates'), hostPath('patients'), outreachPath('templates')]) {
    for (const { page, own, other, name } of desks) {
      const response = await page.goto(site.urls.host + path)
      expect(response?.headers()['cache-control']).toMatch(/private.*no-store/)
      const html = await response?.text()
      expect(html).toContain(name)
      expect(html).not.toContain(other)
      await expect(page.getByText(own).first()).toBeVisible()
      await expect(page.getByText(other)).toHaveCount(0)
    }
  }
  // Soft navigations, whose data travels on URLs of its own.
  for (const { page, other } of desks) {
    await page.getByRole('link', { name: 'New template' }).click()
    await page.waitForURL(site.urls.host + outreachPath('templates', 'new'))
    await expect(page.getByText(other)).toHaveCount(0)
  }
})

test("S6: another tenant's template does not exist, whoever guesses its id", async ({ deskOf, site }) => {
  const first = await deskOf(dana)
  const second = await deskOf(luis)
  await first.page.goto(site.urls.host + outreachPath('templates'))
  const link = first.page.getByRole('link', { name: 'Welcome Message', exact: true }).first()
  const path = (await link.getAttribute('href')) ?? ''
  await second.page.goto(site.urls.host + path)
  await expect(second.page.getByText('This template does not exist')).toBeVisible()
  // The API said 404, as it should.
  second.complaints.consoleErrors.length = 0
  second.complaints.failedRequests.length = 0
})
