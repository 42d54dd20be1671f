import type { CreateConversation } from '@sax/api-contract'
import type { SamplePerson } from '@sax/sample-data'
import { outreachPath } from '@sax/topology'
import { beginConversation, newPhone, threadOf } from './conversations.ts'
import { test as base, type Desk, expect } from './test.ts'

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
  /** The same, with the conversation open. */
  readonly open: (person: SamplePerson, about?: CreateConversation) => Promise<Thread>
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
      // Held numbers and such as opted out have no field to write in; the messages are there in any case.
      await expect(thread.log).toBeVisible()
      return thread
    })
  },
})

export { expect }
