import { html } from 'hono/html'
import type { Behaviour } from '../behaviour.ts'
import { addressOf } from './open-phones.ts'
import type { Markup } from './phone-card.ts'

const numbers: readonly { readonly name: keyof Behaviour; readonly label: string; readonly most: number }[] = [
  { name: 'stepMs', label: 'From one status to the next, ms', most: 600_000 },
  { name: 'callbackDelayMs', label: 'Callbacks late by, ms', most: 600_000 },
  { name: 'callbackCopies', label: 'Times each callback is sent', most: 5 },
  { name: 'refuseNext', label: 'Requests to refuse (20429)', most: 10_000 },
  { name: 'failNext', label: 'Requests to fail (20500)', most: 10_000 },
  { name: 'silentNext', label: 'Messages taken without an answer', most: 10_000 },
  { name: 'resetNext', label: 'Messages taken, connection broken', most: 10_000 },
]

const choices: readonly {
  readonly name: keyof Behaviour
  readonly label: string
  readonly options: readonly (readonly [value: string, words: string])[]
}[] = [
  {
    name: 'callbackOrder',
    label: 'Order of callbacks',
    options: [
      ['in_order', 'As they happen'],
      ['reversed', 'Last one first'],
      ['shuffled', 'Any'],
    ],
  },
  {
    name: 'callbacksLost',
    label: 'Status callbacks',
    options: [
      ['false', 'Arrive'],
      ['true', 'Are lost'],
    ],
  },
  {
    name: 'optOutRefusal',
    label: 'Opted-out recipients',
    options: [
      ['at_once', 'Refused at once (21610)'],
      ['later', 'Fail later (21610)'],
    ],
  },
]

/** How the carrier behaves, to be changed. */
export function behaviourForm(behaviour: Behaviour, open: readonly string[]): Markup {
  return html`<details><summary>How the carrier behaves</summary>
    <form class="behaviour" method="post" action="/behaviour?${addressOf(open).slice(2)}">
      ${choices.map(
        ({ name, label, options }) =>
          html`<label>${label}<select name="${name}">${options.map(
            ([value, words]) =>
              html`<option value="${value}" ${String(behaviour[name]) === value ? 'selected' : ''}>${words}</option>`,
          )}</select></label>`,
      )}
      ${numbers.map(
        ({ name, label, most }) =>
          html`<label>${label}<input type="number" name="${name}" value="${behaviour[name]}" min="${name === 'callbackCopies' ? 1 : 0}" max="${most}" required></label>`,
      )}
      <button>Change</button>
    </form></details>`
}

/** The same form as it comes back: texts that `behaviourSchema` can judge. */
export function behaviourOfForm(form: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    ...Object.fromEntries(numbers.map(({ name }) => [name, Number(form[name])])),
    ...Object.fromEntries(choices.map(({ name }) => [name, form[name]])),
    callbacksLost: form.callbacksLost === 'true',
  }
}
