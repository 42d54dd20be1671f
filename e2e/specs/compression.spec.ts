import { outreachPath } from '@sax/topology'
import { dana } from '../site/people.ts'
import { expect, test } from '../site/test.ts'

test('scripts come compressed by Brotli to whoever takes it, and by gzip to others', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  await page.goto(site.urls.host + outreachPath('conversations'))
  const script = await page.locator('script[src]').first().getAttribute('src')
  for (const [accepted, encoding] of [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
  ] as const) {
    const answer = await page.request.get(new URL(script ?? '', site.urls.host).href, {
      headers: { 'accept-encoding': accepted },
    })
    expect(answer.headers()['content-encoding']).toBe(encoding)
  }
})
