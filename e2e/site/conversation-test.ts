import type { CreateConversation } from '@sax/api-contract'
import type { SamplePerson } from '@sax/sample-data'
import { outreachApiPath, outreachPath } from '@sax/topology'
import { beginConversation, newPhone, textAs, threadOf } from './conversations.ts'
import type { SiteUnderTest } from './site-under-test.ts'
import { test as base, type Desk, expect } from './test.ts'
import { write } from './write.ts'

/** A person at work in a conversation of their own. */
export interface Thread extends Desk, ReturnType<typeof threadOf> {
  readonly id: string
  /** Of the patient. */
  readonly phone: string
  /** Where the conversation is. */
  readonly url: string
}

interface Fixtures {
  /** Begins a conversation with a number that nobody has, in a browser for somebody that shows nothing yet. */
  readonly begin: (person: SamplePerson, about?: CreateConversation) => Promise<Thread>
  /** The same, with the conversation open and ready to be written in. */
  readonly open: (person: SamplePerson, about?: CreateConversation) => Promise<Thread>
  /** The conversation of somebody else, open in a browser of a colleague. */
  readonly join: (person: SamplePerson, thread: Thread) => Promise<Thread>
}

export const test = base.extend<Fixtures>({
  begin: async ({ deskOf, site }, use) => {
    await use(async (person, about) => {
      const desk = await deskOf(person)
      const phone = about?.phone ?? newPhone()
      const { id } = await beginConversation(desk.page, site.urls.host, { ...about, phone })
      return { ...desk, ...threadOf(desk.page), id, phone, url: site.urls.host + outreachPath('conversations', id) }
    })
  },
  open: async ({ begin }, use) => {
    await use(async (person, about) => {
      const thread = await begin(person, about)
      await thread.page.goto(thread.url)
      await expect(thread.message).toBeEditable()
      return thread
    })
  },
  join: async ({ deskOf }, use) => {
    await use(async (person, { id, phone, url }) => {
      const desk = await deskOf(person)
      await desk.page.goto(url)
      return { ...desk, ...threadOf(desk.page), id, phone, url }
    })
  },
})

/** Stores a message that waits for its hour when the patient says stop, so that the worker gives it up in six seconds. */
export async function letGiveUp(site: SiteUnderTest, { page, id, phone }: Thread, body: string): Promise<void> {
  const scheduledFor = new Date(Date.now() + 6000).toISOString()
  const stored = await page.request.post(
    site.urls.host + outreachApiPath('conversations', id, 'messages'),
    write({ clientId: crypto.randomUUID(), body, seenSeq: 0, scheduledFor }),
  )
  expect(stored.status(), 'storing a message for later').toBe(201)
  await textAs(site, phone, 'STOP')
}

export { expect }
