import { host, hostPath, outreach } from '@sax/topology'
import { expect, test } from '../site/test.ts'

test('D11: what answers is the very template that production gets', async ({ site, request }) => {
  for (const address of [site.urls.host + host.healthPath, site.urls.outreach + outreach.healthPath]) {
    const headers = (await request.get(address)).headers()
    // Only a stage's template says so; a laptop speaks plain HTTP.
    expect(headers['strict-transport-security'], address).toBe('max-age=31536000')
  }
})

test('B7: a file from the bucket comes with a policy for what it may load, as a page comes with its own', async ({
  site,
  request,
}) => {
  const page = await request.get(site.urls.host + hostPath('signed-out'))
  const file = /\/_next\/static\/[^"]+\.js/.exec(await page.text())?.[0]
  expect(file).toBeDefined()
  const headers = (await request.get(site.urls.host + String(file))).headers()
  expect(headers['content-security-policy']).toContain("default-src 'self'")
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['permissions-policy']).toContain('camera=()')
  expect(page.headers()['content-security-policy']).toContain("'nonce-")
})
