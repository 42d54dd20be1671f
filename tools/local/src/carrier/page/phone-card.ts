import { html } from 'hono/html'
import type { Carrier } from '../carrier.ts'
import { errorWords } from '../fates.ts'
import type { Bubble } from '../phones.ts'
import { addressOf } from './open-phones.ts'
import { type PhoneBook, spoken } from './phone-book.ts'

export type Markup = ReturnType<typeof html>

export interface CardFacts {
  readonly carrier: Carrier
  readonly book: PhoneBook
  /** All that are open, this one included. */
  readonly open: readonly string[]
}

const KEYWORDS = ['STOP', 'START', 'HELP', 'YES'] as const

/** One phone: what it shows, and where its owner writes. */
export function phoneCard(phone: string, { carrier, book, open }: CardFacts): Markup {
  const { senders } = carrier.options
  const name = book.nameOf(phone)
  const id = phone.slice(1)
  const bubbles = carrier.phones.of(phone)
  const last = bubbles.at(-1)?.number
  return html`<section class="phone" data-phone="${phone}" aria-labelledby="owner-${id}">
    <header>
      <div><h2 id="owner-${id}">${name}</h2><p>${spoken(phone)}</p></div>
      <a class="close" href="${addressOf(open.filter((one) => one !== phone))}" aria-label="Close the phone of ${name}">Close</a>
    </header>
    <p class="stopped" data-stopped>${stoppedWords(phone, carrier)}</p>
    <div class="screen" role="log" tabindex="0" aria-label="Messages on the phone of ${name}">${bubbles.map((bubble) => bubbleOf(bubble, carrier))}</div>
    <form method="post" action="/phones/${encodeURIComponent(phone)}/messages?${addressOf(open).slice(2)}" enctype="multipart/form-data">
      <label for="to-${id}">To</label>
      <select id="to-${id}" name="to">${senders.map(
        (sender) =>
          html`<option value="${sender.phone}" ${sender.phone === last ? 'selected' : ''}>${sender.name}, ${spoken(sender.phone)}</option>`,
      )}</select>
      <label for="body-${id}">Message from ${name}</label>
      <textarea id="body-${id}" name="body" rows="2" maxlength="1600"></textarea>
      <label for="picture-${id}">Picture</label>
      <input id="picture-${id}" type="file" name="picture" accept="image/jpeg,image/png,image/gif">
      <div class="acts">
        <button class="send" name="keyword" value="">Send</button>
        <div role="group" aria-label="Keywords" class="keywords">${KEYWORDS.map(
          (word) => html`<button name="keyword" value="${word}">${word}</button>`,
        )}</div>
      </div>
      <p class="problem" role="alert"></p>
    </form>
  </section>`
}

/** One bubble. Its text is shown as it was written, whatever is in it. */
export function bubbleOf(bubble: Bubble, carrier: Carrier): Markup {
  const { id, kind, text, media, number, atMs, errorCode } = bubble
  const sender = carrier.options.senders.find(({ phone }) => phone === number)
  const whose = { mine: 'To', practice: 'From', carrier: 'Carrier, for', lost: 'Never arrived, from' }[kind]
  return html`<div class="bubble ${kind}" data-bubble="${id}">
    ${text === '' ? '' : html`<p>${text}</p>`}
    ${media.map(({ sid }) => html`<img src="/media/${sid}" alt="Picture in this message">`)}
    <small>${whose} ${sender?.name ?? number} · <time datetime="${new Date(atMs).toISOString()}">${clock(atMs)}</time>${
      errorCode === null ? '' : ` · ${errorCode} ${errorWords(errorCode)}`
    }</small>
  </div>`
}

/** Which practices may not write to this phone; empty when all may. */
export function stoppedWords(phone: string, carrier: Carrier): string {
  const stopped = carrier.options.senders.filter((sender) => carrier.isOptedOut(sender.phone, phone))
  return stopped.length === 0 ? '' : `Stopped: ${stopped.map(({ name }) => name).join(', ')}`
}

function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit', second: '2-digit' })
}
