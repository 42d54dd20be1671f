import { createHash } from 'node:crypto'
import type { DirectoryPerson } from './directory.ts'
import { STYLE } from './look.ts'

const SUBMIT = 'document.forms[0].submit()'

/** Belongs to every page below: their one style and one script, nothing from anywhere else. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${sha256(STYLE)}'`,
  `script-src 'sha256-${sha256(SUBMIT)}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Everybody one can sign in as, by tenant; one click signs in. */
export function pickerPage(people: readonly DirectoryPerson[]): string {
  const tenants = new Map(people.map(({ tenantId, tenantName }) => [tenantId, tenantName]))
  const groups = [...tenants].map(([id, name]) => {
    const members = people.filter((person) => person.tenantId === id).map(personRow)
    return `<section aria-labelledby="t-${id}"><h2 id="t-${id}">${escaped(name)}</h2><ul>${members.join('')}</ul></section>`
  })
  return page(
    'Sign in on this computer',
    `<p>Choose who you are. These people are made up and exist on this computer only.</p><form method="post">${groups.join('')}</form>`,
    'wide',
  )
}

/** A page that says one thing and leads back to the site. */
export function messagePage(title: string, text: string, siteUrl: string): string {
  return page(title, `<p>${escaped(text)}</p><p><a href="${escaped(siteUrl)}">Go to SleepConnect</a></p>`)
}

/** Signing out needs no further question: the provider's own form is sent at once. */
export function signOutPage(form: string): string {
  const answered = form.replace(
    '</form>',
    '<input type="hidden" name="logout" value="yes"><noscript><button class="plain">Sign out</button></noscript></form>',
  )
  return page('Signing out', `${answered}<script>${SUBMIT}</script>`)
}

function personRow(person: DirectoryPerson): string {
  const initials = person.name
    .split(' ')
    .map((word) => word[0])
    .join('')
  return (
    `<li><button name="sub" value="${escaped(person.sub)}"><span class="mark" aria-hidden="true">${escaped(initials)}</span>` +
    `<span class="who"><b>${escaped(person.name)}</b><small>${escaped(whereOf(person))}</small></span>` +
    `<span class="role">${escaped(roleOf(person))}</span></button></li>`
  )
}

function whereOf({ memberships, practiceName }: DirectoryPerson): string {
  if (memberships.some((one) => one.practiceId === null)) return 'All practices'
  const others = memberships.length - 1
  return others === 0 ? practiceName : `${practiceName} and ${others} more`
}

function roleOf({ roles, memberships }: DirectoryPerson): string {
  if (new Set(memberships.map((one) => one.tenantId)).size > 1) return 'Cross-practice'
  const role = roles.at(-1) ?? ''
  return `${role.charAt(0).toUpperCase()}${role.slice(1)}`
}

function page(title: string, content: string, width = 'narrow'): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<title>${escaped(title)} · SleepConnect</title><style>${STYLE}</style></head>` +
    `<body><main class="${width}"><p class="brand">SleepConnect</p><h1>${escaped(title)}</h1>${content}</main></body></html>`
  )
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
