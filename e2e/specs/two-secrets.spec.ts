import { hostPath, loginPath, outreachApiPath, outreachPath } from '@sax/topology'
import { dana } from '../site/people.ts'
import { pick } from '../site/sign-in.ts'
import { expect, test } from '../site/test.ts'

// The zone refuses everybody, which the browser reports.
test.use({ siteKind: 'twoSecrets', browserErrors: 'expected' })

test('R8, S1: when the zone knows another secret than the host, sign-in ends on a page that says so', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(undefined)
  let documents = 0
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) documents += 1
  })
  await page.goto(site.urls.host + loginPath(outreachPath('templates')))
  await pick(page, dana)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign-in did not work')
  await expect(page.getByText('cannot confirm that your sign-in comes from SleepConnect')).toBeVisible()
  await expect(page.getByText('untrusted', { exact: true })).toBeVisible()
  // To the provider and back, and three redirects that might have mended it.
  expect(documents).toBeLessThan(20)

  // Trying again is a try, not a circle.
  documents = 0
  await page.getByRole('link', { name: 'Sign in again' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign-in did not work')
  expect(documents).toBeLessThan(20)

  // The rest of the site is as before.
  await page.goto(site.urls.host + hostPath(''))
  await expect(page.getByRole('heading', { level: 1 })).toContainText(dana.name)
  expect((await page.request.get(site.urls.host + outreachApiPath('templates'))).status()).toBe(200)
})
