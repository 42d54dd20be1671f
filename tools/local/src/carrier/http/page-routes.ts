import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { behaviourSchema } from '../behaviour.ts'
import type { Carrier } from '../carrier.ts'
import { maxMediaBytes, pictureTypes } from '../fetch-media.ts'
import type { MediaFile } from '../media-shelf.ts'
import { behaviourOfForm } from '../page/behaviour-form.ts'
import { STYLE } from '../page/look.ts'
import { addressOf, openPhones } from '../page/open-phones.ts'
import type { PhoneBook } from '../page/phone-book.ts'
import { bubbleOf, stoppedWords } from '../page/phone-card.ts'
import { othersOf, phonesPage } from '../page/phones-page.ts'

const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: a browser then sends forms with the origin "null", which could be anybody's.
  'referrer-policy': 'same-origin',
}

/** The page of phones with what it loads and sends. */
export function pageRoutes(carrier: Carrier, book: PhoneBook): Hono {
  const app = new Hono()
  const script = browserScript()
  const opened = (url: string) => openPhones(new URL(url).searchParams, carrier, book)

  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(SECURITY)) c.header(name, value)
    c.header('cache-control', 'no-store')
    await next()
  })
  app.get('/', (c) => c.html(phonesPage({ carrier, book, open: opened(c.req.url) })))
  app.get('/phones.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/phones.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }))

  app.get('/live', (c) => {
    const { version } = carrier.phones
    if (c.req.query('after') === String(version)) return c.body(null, 204)
    const open = opened(c.req.url)
    return c.json({
      version,
      others: String(othersOf({ carrier, book, open })),
      phones: open.map((phone) => ({
        phone,
        stopped: stoppedWords(phone, carrier),
        bubbles: carrier.phones.of(phone).map((bubble) => ({ id: bubble.id, html: String(bubbleOf(bubble, carrier)) })),
      })),
    })
  })

  app.post('/phones/:phone/messages', bodyLimit({ maxSize: maxMediaBytes + 64 * 1024 }), async (c) => {
    const form = await c.req.formData()
    const keyword = text(form, 'keyword')
    const body = keyword === '' ? text(form, 'body') : keyword
    const picture = keyword === '' ? await pictureOf(form) : undefined
    if (picture === 'refused') return c.text('A picture is a JPEG, PNG or GIF of 5 MB at most.', 400)
    if (body.trim() === '' && picture === undefined) return c.text('Write something, or choose a picture.', 400)
    const from = c.req.param('phone')
    const received = carrier.receive({ from, to: text(form, 'to'), body, pictures: picture ? [picture] : [] })
    if (received.kind === 'no_such_number') return c.text('No practice has this number.', 404)
    if (c.req.header('accept') === 'application/json') return c.json({ sid: received.message.sid }, 202)
    return c.redirect(addressOf(opened(c.req.url)), 303)
  })

  app.post('/behaviour', async (c) => {
    const parsed = behaviourSchema.safeParse(behaviourOfForm(await c.req.parseBody()))
    if (!parsed.success) return c.text('A value is outside of its bounds.', 400)
    carrier.behave(parsed.data)
    return c.redirect(addressOf(opened(c.req.url)), 303)
  })
  return app
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  // A form's line ends are CR LF; a phone sends what was typed.
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : ''
}

async function pictureOf(form: FormData): Promise<MediaFile | undefined | 'refused'> {
  const file = form.get('picture')
  if (!(file instanceof File) || file.size === 0) return undefined
  if (!pictureTypes.has(file.type) || file.size > maxMediaBytes) return 'refused'
  return { contentType: file.type, bytes: new Uint8Array(await file.arrayBuffer()) }
}

/** The browser's program, without its types. */
function browserScript(): string {
  return stripTypeScriptTypes(readFileSync(new URL('../page/main.ts', import.meta.url), 'utf8'))
}
