import { html } from 'hono/html'
import { fatedNumbers } from '../fates.ts'
import { behaviourForm } from './behaviour-form.ts'
import { addressOf } from './open-phones.ts'
import { spoken } from './phone-book.ts'
import { type CardFacts, type Markup, phoneCard } from './phone-card.ts'

/** The page of simulated phones. Without a script it works as forms and a reload. */
export function phonesPage(facts: CardFacts): Markup {
  const { carrier, book, open } = facts
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Phones · SleepConnect</title>
  <link rel="icon" href="data:,"><link rel="stylesheet" href="/phones.css"><script type="module" src="/phones.js"></script>
</head>
<body data-version="${carrier.phones.version}">
  <header class="top">
    <div><p class="brand">SleepConnect</p><h1>Phones on this computer</h1></div>
    <form class="open" method="get" action="/">
      ${open.map((phone) => html`<input type="hidden" name="phone" value="${phone}">`)}
      <label for="open">Patient or number</label>
      <div class="row">
        <input id="open" name="phone" list="people" autocomplete="off" required>
        <datalist id="people">${book.people.map(({ name, phone }) => html`<option value="${phone}">${name}</option>`)}</datalist>
        <button>Open phone</button>
      </div>
    </form>
  </header>
  <nav aria-label="Other phones with messages" data-others>${othersOf(facts)}</nav>
  <main>${
    open.length === 0
      ? html`<p class="none">No phone is open. Choose a patient above, or type any number.</p>`
      : open.map((phone) => phoneCard(phone, facts))
  }</main>
  <footer>
    ${behaviourForm(carrier.behaviour, open)}
    <details><summary>Numbers that do not answer well</summary><dl>${Object.entries(fatedNumbers).map(
      ([phone, fate]) => html`<div><dt>${spoken(phone)}</dt><dd>${fateWords(fate)}</dd></div>`,
    )}</dl></details>
  </footer>
</body>
</html>`
}

/** Links to phones that are not open and have something on them. */
export function othersOf({ carrier, book, open }: CardFacts): Markup | '' {
  const others = carrier.phones.all.filter((phone) => !open.includes(phone)).slice(0, 12)
  if (others.length === 0) return ''
  return html`<p>Other phones with messages</p><ul>${others.map(
    (phone) =>
      html`<li><a href="${addressOf([...open, phone].slice(-6))}">${book.nameOf(phone)} ${spoken(phone)}</a></li>`,
  )}</ul>`
}

function fateWords(fate: (typeof fatedNumbers)[string]): string {
  if (fate.kind === 'undelivered') return `never delivered, error ${fate.errorCode}`
  if (fate.kind === 'too_many_requests') return 'refused, too many requests (20429)'
  return fate.kind === 'silence' ? 'taken and delivered, but the request is never answered' : 'delivered'
}
