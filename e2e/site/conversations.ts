import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import type { Conversation, CreateConversation, Message } from '@sax/api-contract'
import { practices } from '@sax/sample-data'
import { outreachApiPath } from '@sax/topology'
import type { SiteUnderTest } from './site-under-test.ts'
import { write } from './write.ts'

/** Area codes in which no sample patient lives. */
const AREAS = ['303', '404', '415', '503', '512', '612', '702', '713', '801', '919'] as const

/** A number nobody has, of those kept for fiction. */
export function newPhone(): string {
  return `+1${AREAS[randomInt(AREAS.length)]}55501${String(randomInt(100)).padStart(2, '0')}`
}

/** Begins a conversation through the API, as the person whose browser `page` is. */
export async function beginConversation(page: Page, hostUrl: string, body: CreateConversation): Promise<Conversation> {
  const response = await page.request.post(hostUrl + outreachApiPath('conversations'), write(body))
  expect(response.status(), 'beginning a conversation').toBe(201)
  return ((await response.json()) as { data: Conversation }).data
}

/** All messages of a conversation, as the API has them. */
export async function messagesOf(page: Page, hostUrl: string, id: string): Promise<readonly Message[]> {
  const response = await page.request.get(hostUrl + outreachApiPath('conversations', id, 'messages'))
  expect(response.status(), 'reading messages').toBe(200)
  return ((await response.json()) as { data: Message[] }).data
}

/** Writes to the first sample practice as a patient, from a simulated phone. */
export async function textAs(
  site: SiteUnderTest,
  phone: string,
  body: string,
  pictures: readonly { readonly contentType: string; readonly base64: string }[] = [],
): Promise<void> {
  const response = await fetch(`${carrierUrl(site)}/control/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from: phone, to: practices[0].phone, body, pictures }),
  })
  expect(response.status, 'texting as a patient').toBe(202)
}

/** What a simulated phone shows of what the practice sent. */
export async function receivedBy(site: SiteUnderTest, phone: string): Promise<readonly string[]> {
  const response = await fetch(`${carrierUrl(site)}/control/phones/${encodeURIComponent(phone)}`)
  const { bubbles } = (await response.json()) as { bubbles: { kind: string; text: string }[] }
  return bubbles.filter(({ kind }) => kind === 'practice').map(({ text }) => text)
}

/** The pictures a simulated phone has got from the practice. */
export async function picturesReceivedBy(site: SiteUnderTest, phone: string): Promise<readonly Buffer[]> {
  const response = await fetch(`${carrierUrl(site)}/control/phones/${encodeURIComponent(phone)}`)
  const { bubbles } = (await response.json()) as { bubbles: { kind: string; media: { sid: string }[] }[] }
  const sids = bubbles.filter(({ kind }) => kind === 'practice').flatMap(({ media }) => media.map(({ sid }) => sid))
  return Promise.all(
    sids.map(async (sid) => Buffer.from(await (await fetch(`${carrierUrl(site)}/media/${sid}`)).arrayBuffer())),
  )
}

/** The page of simulated phones, with one phone open. */
export function phonePage(site: SiteUnderTest, phone: string): string {
  return `${carrierUrl(site)}/?${new URLSearchParams({ phone })}`
}

function carrierUrl({ parts }: SiteUnderTest): string {
  return `http://127.0.0.1:${parts['carrier-simulator']?.port}`
}

/** The parts of the screen of one conversation. */
export function threadOf(page: Page) {
  const log = page.getByRole('log', { name: 'Messages' })
  return {
    log,
    message: page.getByRole('textbox', { name: 'Message', exact: true }),
    send: page.getByRole('button', { name: /^Send( in the morning| now)?$/ }),
    /** The practice may be closed and the patient asleep: sends at once whatever the hour. */
    sendAtOnce: async () => {
      const now = page.getByRole('button', { name: 'Send now' })
      await ((await now.count()) > 0 ? now : page.getByRole('button', { name: 'Send', exact: true })).click()
    },
    row: (id: string) => page.locator(`[data-conversation="${id}"]`),
  }
}
