import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { PersonSettings, PracticeSettings, SettingsChange, TenantSettings } from '@sax/release'

/** What has to happen so that a tenant is as wanted, and what stands against it. */
export interface SettingsPlan {
  readonly changes: readonly SettingsChange[]
  /** Sentences. With any, nothing may be changed. */
  readonly refusals: readonly string[]
  /** Names these changes and no others. */
  readonly id: string
}

/** Compares what is there with what is wanted. `present` undefined: there is no such tenant. */
export function planSettings(present: TenantSettings | undefined, wanted: TenantSettings): SettingsPlan {
  const before = present && inOrder(present)
  const after = inOrder(wanted)
  const changes = [
    ...changed(`tenant ${after.tenant.name}`, before?.tenant, after.tenant),
    ...after.practices.flatMap((practice) =>
      practiceChanges(
        before?.practices.find(({ id }) => id === practice.id),
        practice,
      ),
    ),
    ...changed('template categories', before?.templateCategories, after.templateCategories),
    ...personChanges(before, after),
  ]
  const refusals = [
    ...(before?.practices ?? [])
      .filter(({ id }) => !after.practices.some((practice) => practice.id === id))
      .map(
        ({ id, name }) =>
          `The practice ${name} (${id}) is there and not in the file. A practice is never removed: add it.`,
      ),
    ...(before?.templateCategories ?? [])
      .filter(({ slug }) => !after.templateCategories.some((category) => category.slug === slug))
      .map(
        ({ slug }) =>
          `The template category ${slug} is there and not in the file. A category is never removed: add it.`,
      ),
  ]
  // By what is there and what is wanted, not by the sentences: two changes of an e-mail address read the same.
  const id = createHash('sha256')
    .update(JSON.stringify([before ?? null, after]))
    .digest('hex')
  return { changes, refusals, id }
}

/** The same settings, written one way: two files that mean the same are equal. */
export function inOrder({ practices, people, ...settings }: TenantSettings): TenantSettings {
  return {
    ...settings,
    practices: practices
      .map((practice) => ({
        ...practice,
        senders: practice.senders.toSorted((a, b) => compare(a.phone, b.phone)),
        openingHours: byDay(practice.openingHours),
        holidays: [...new Set(practice.holidays)].toSorted(compare),
      }))
      .toSorted((a, b) => compare(a.id, b.id)),
    people: people
      .map((person) => ({ ...person, roles: distinct(person.roles) }))
      .toSorted((a, b) => a.saxId - b.saxId),
  }
}

type Hours = PracticeSettings['openingHours']

/** Days with the same hours in one entry. */
function byDay(hours: Hours): Hours {
  const days = new Map<string, { opens: string; closes: string; weekdays: Set<number> }>()
  for (const { opens, closes, weekdays } of hours) {
    const span = days.get(`${opens} ${closes}`) ?? { opens, closes, weekdays: new Set() }
    for (const day of weekdays) span.weekdays.add(day)
    days.set(`${opens} ${closes}`, span)
  }
  return [...days.values()]
    .map(({ opens, closes, weekdays }) => ({ weekdays: [...weekdays].toSorted((a, b) => a - b), opens, closes }))
    .toSorted((a, b) => compare(a.opens, b.opens) || compare(a.closes, b.closes))
}

function distinct(roles: PersonSettings['roles']): PersonSettings['roles'] {
  const byText = new Map(roles.map((one) => [`${one.practice ?? ''} ${one.role}`, one]))
  return [...byText].toSorted(([a], [b]) => compare(a, b)).map(([, one]) => one)
}

function practiceChanges(before: PracticeSettings | undefined, after: PracticeSettings): readonly SettingsChange[] {
  const { name, senders, openingHours, holidays } = after
  const own = ({
    id,
    name: called,
    phone,
    timeZone,
    responseTargetMin,
    responseWarningMin,
    quietHours,
  }: PracticeSettings) => ({
    ...{ id, called, phone, timeZone, responseTargetMin, responseWarningMin, quietHours },
  })
  return [
    ...changed(`practice ${name}`, before && own(before), own(after)),
    ...senders.flatMap((one) =>
      changed(
        `${name} texts from ${one.phone}`,
        before?.senders.find(({ phone }) => phone === one.phone),
        one,
      ),
    ),
    ...(before?.senders ?? [])
      .filter(({ phone }) => !senders.some((one) => one.phone === phone))
      .map(({ phone }): SettingsChange => ({ change: 'remove', what: `${name} texts from ${phone}` })),
    ...changed(`opening hours of ${name}`, anyOf(before?.openingHours), anyOf(openingHours)),
    ...changed(`holidays of ${name}`, anyOf(before?.holidays), anyOf(holidays)),
  ]
}

function personChanges(before: TenantSettings | undefined, after: TenantSettings): readonly SettingsChange[] {
  const nameOf = new Map(after.practices.map(({ id, name }) => [id, name]))
  const held = ({ saxId, roles }: PersonSettings) =>
    roles.map(
      ({ role, practice }) =>
        `person ${saxId}: ${role} ${practice === undefined ? 'everywhere' : `in ${nameOf.get(practice) ?? practice}`}`,
    )
  const had = new Set((before?.people ?? []).flatMap(held))
  const has = new Set(after.people.flatMap(held))
  return [
    ...after.people.flatMap(({ saxId, name, email }) => {
      const known = before?.people.find((one) => one.saxId === saxId)
      return changed(`person ${saxId}`, known && { name: known.name, email: known.email }, { name, email })
    }),
    ...[...has].filter((one) => !had.has(one)).map((what): SettingsChange => ({ change: 'add', what })),
    ...[...had].filter((one) => !has.has(one)).map((what): SettingsChange => ({ change: 'remove', what })),
  ]
}

function changed(what: string, before: unknown, after: unknown): readonly SettingsChange[] {
  if (isDeepStrictEqual(before, after)) return []
  if (before === undefined) return [{ change: 'add', what }]
  return [{ change: after === undefined ? 'remove' : 'change', what }]
}

function anyOf<Item>(items: readonly Item[] | undefined): readonly Item[] | undefined {
  return items === undefined || items.length === 0 ? undefined : items
}

/** The same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
