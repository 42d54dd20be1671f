import { hostPath, outreachApiPath, outreachPath } from '@sax/topology'
import { canaries } from '../site/canary.ts'
import { leaks, logsOf } from '../site/log-sweep.ts'
import { marcus } from '../site/people.ts'
import { signIn } from '../site/sign-in.ts'
import { storeTemplate } from '../site/templates.ts'
import { expect, test } from '../site/test.ts'
import { write } from '../site/write.ts'

const services = ['edge', 'sleepconnect', 'outreach', 'outreach-api-routes', 'outreach-api']

// What is refused on purpose below is no surprise.
test.use({ browserErrors: 'expected' })

test('S9: names, addresses, messages, searches and tokens go through every part and into no log', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(undefined)
  await signIn(page, site.urls.host, marcus, hostPath('patients'))
  await page.getByRole('textbox', { name: 'Search patients' }).fill(canaries.search)
  await expect(page.getByText('Nobody found')).toBeVisible()
  const { id } = await storeTemplate(page, site.urls.host, {
    name: canaries.templateName,
    category: 'general',
    content: `Hi {{firstName}}, ${canaries.templateText}`,
    scope: 'private',
  })
  const api = (...segments: string[]) => site.urls.host + outreachApiPath(...segments)
  const patientsFound = await page.request.get(`${api('patients')}?search=o'brien`)
  const { data } = (await patientsFound.json()) as { data: { id: string }[] }
  const rendered = await page.request.post(api('templates', id, 'render'), write({ patientId: data[0]?.id }))
  expect(rendered.status()).toBe(200)
  // Refused ones too: errors are where careless software quotes its input.
  const refused = write({ name: canaries.templateName, content: `{${canaries.templateText}` })
  expect((await page.request.post(api('templates'), refused)).status()).toBe(400)
  await page.request.get(`${api('templates')}?limit=${canaries.search}`)
  await page.request.get(`${site.urls.outreach}${outreachPath('templates')}?patient=${canaries.search}`)
  await page.request.get(api('templates'), { headers: { authorization: `Bearer eyJ${canaries.search}` } })

  expect(await leaks(site, site.dataDir)).toEqual([])
})

test('S9: every hop writes each request down, on one short line', async ({ site }) => {
  const lines = [...(await logsOf(site)).values()].flatMap((text) => text.split('\n'))
  for (const service of services) {
    const requests = lines.filter(
      (line) => line.includes(`"service":"${service}"`) && line.includes('"message":"request"'),
    )
    expect(requests.length, `request lines of ${service}`).toBeGreaterThan(0)
    const bytes = requests.reduce((sum, line) => sum + line.length, 0) / requests.length
    expect(bytes, `bytes of a request line of ${service}`).toBeLessThan(500)
  }
})
