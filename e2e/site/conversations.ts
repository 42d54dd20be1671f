import { randomInt } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { expect, type Page } from '@playwright/test'
import type { Conversation, CreateConversation, Message } from '@sax/api-contract'
import { practices } from '@sax/sample-data'
import { outreachApiPath } from '@sax/topology'
import { dataDirOf } from './data-dir.ts'
import type { SiteUnderTest } from './site-under-test.ts'
import { write } from './write.ts'

/** The worker's and the carrier's own pace, on a busy machine. */
export const DELIVERED = { timeout: 30_000 }
/** A few questions for news and a slow machine. */
export const NEWS = { timeout: 15_000 }

/** Area codes in which no sample patient lives, and none of the carrier's numbers whose messages go wrong. */
const AREAS = ['206', '404', '415', '503', '512', '612', '702', '713', '801', '919'] as const

/** Names of numbers that a test of this run has: a file each, so that no two tests take the same one. */
const taken = dataDirOf('e2e-phones')

/** Gives all numbers back. Before the first test. */
export function forgetPhones(): void {
  rmSync(taken, { recursive: true, force: true })
  mkdirSync(taken, { recursive: true })
}

/** A number nobody has, of those kept for fiction. @throws Error when there is none left */
export function newPhone(): string {
  for (let attempt = 0; attempt < 10_000; attempt += 1) {
    const phone = `+1${AREAS[randomInt(AREAS.length)]}55501${String(randomInt(100)).padStart(2, '0')}`
    try {
      writeFileSync(join(taken, phone), '', { flag: 'wx' })
      return phone
    } catch {
      // Another test has it.
    }
  }
  throw new Error('no number for fiction is left')
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
  // Nobody texts twice within a second, and the carrier tells seconds: of a STOP and a START in one the STOP would count.
  if (body === 'START') await after(1_000)
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
  const log = page.getByRole('region', { name: 'Messages' })
  return {
    log,
    message: page.getByRole('textbox', { name: 'Message', exact: true }),
    send: page.getByRole('button', { name: /^Send( in the morning| now)?$/ }),
    /** The practice may be closed and the patient asleep: sends at once whatever the hour. */
    sendAtOnce: async () => {
      const now = page.getByRole('button', { name: 'Send now' })
      await ((await now.count()) > 0 ? now : page.getByRole('button', { name: 'Send', exact: true })).click()
    },
    /** The menu of the conversation; the list beside it has one of the same name. */
    more: page
      .getByRole('region', { name: 'Conversation', exact: true })
      .getByRole('button', { name: 'More', exact: true }),
    row: (id: string) => page.locator(`[data-conversation="${id}"]`),
  }
}
