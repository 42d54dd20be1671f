import * as z from 'zod'
import { verificationTenants } from './verification-people.ts'

/** Of any version: the seed's tenants have numbers that no version makes. */
const uuid = z.guid().transform((text) => text.toLowerCase())
const name = z.string().trim().min(1).max(200)
const phone = z.string().regex(/^\+[1-9][0-9]{6,14}$/, 'is no number in E.164, for example +16175550100')
const time = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'is no time of day, for example 08:00')
const closing = z.union([time, z.literal('24:00')])
const minutes = z
  .int()
  .min(1)
  .max(7 * 24 * 60)
/** A name of the IANA time zone database, as this runtime knows it. */
const timeZone = z.string().refine(isTimeZone, 'is no time zone, for example America/New_York')

const openingHours = z
  .strictObject({
    /** ISO 8601: Monday is 1. */
    weekdays: z.array(z.int().min(1).max(7)).min(1),
    opens: time,
    closes: closing,
  })
  .refine(({ opens, closes }) => opens < closes, 'closes before it opens')

const sender = z.strictObject({
  phone,
  /** Twilio's Messaging Service that the number belongs to. Absent: the number alone. */
  messagingServiceSid: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/)
    .optional(),
})

const practice = z
  .strictObject({
    id: uuid,
    name,
    /** That people call, in E.164. */
    phone,
    timeZone,
    /** Numbers it texts from. What arrives at one of them is for this practice. */
    senders: z.array(sender).default([]),
    /** Minutes of opening time in which a patient's message is to be answered, and after which a warning is shown. */
    responseTargetMin: minutes.default(10),
    responseWarningMin: minutes.default(7),
    /** By the patient's clock: nothing is sent without being asked for once more. */
    quietHours: z.strictObject({ from: time, until: time }).default({ from: '21:00', until: '08:00' }),
    /** By the practice's clock. None: it is open at all hours. */
    openingHours: z.array(openingHours).default([]),
    /** Days on which it is closed. */
    holidays: z.array(z.iso.date()).default([]),
  })
  .refine(({ responseTargetMin, responseWarningMin }) => responseWarningMin <= responseTargetMin, {
    message: 'warns later than it has to be answered',
    path: ['responseWarningMin'],
  })

const category = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'has other letters than a to z, 0 to 9 and hyphens'),
  name,
})

/** What templates of a tenant are filed under that has no wishes of its own. */
const firstCategories: z.output<typeof category>[] = [
  { slug: 'welcome', name: 'Welcome' },
  { slug: 'appointments', name: 'Appointments' },
  { slug: 'follow-up', name: 'Follow-up' },
  { slug: 'equipment', name: 'Equipment' },
  { slug: 'billing', name: 'Billing' },
  { slug: 'education', name: 'Education' },
  { slug: 'general', name: 'General' },
]

const person = z.strictObject({
  /** As the identity provider's claim has it. */
  saxId: z.int().min(1),
  name,
  email: z.email(),
  roles: z
    .array(
      z.strictObject({
        role: z.enum(['coordinator', 'manager', 'administrator']),
        /** Id of one of the practices. Absent: in every practice of the tenant. */
        practice: uuid.optional(),
      }),
    )
    .min(1),
})

/**
 * Everything of a tenant that is neither made by people at work nor about patients: its practices with their numbers,
 * calendars and promises, and who works there.
 */
export const tenantSettings = z
  .strictObject({
    tenant: z.strictObject({ id: uuid, name }),
    practices: z.array(practice).min(1),
    people: z.array(person).default([]),
    /** What templates are filed under, in the order of the menu. */
    templateCategories: z.array(category).min(1).default(firstCategories),
  })
  .superRefine((settings, context) => {
    for (const { path, message } of contradictions(settings))
      context.addIssue({ code: 'custom', path: [...path], message })
  })

export type TenantSettings = z.output<typeof tenantSettings>
export type PracticeSettings = TenantSettings['practices'][number]
export type PersonSettings = TenantSettings['people'][number]

/** What is asked of the migrations function, which alone may change every table. Reaches it as events of a release do. */
export const settingsEvents = z.discriminatedUnion('sax', [
  /** Everything that the settings of a tenant hold. */
  z.strictObject({ sax: z.literal('tenant-settings-read'), tenantId: uuid }),
  /** Every number that a practice texts from, and those that patients text and no practice has. */
  z.strictObject({ sax: z.literal('numbers-read') }),
  /**
   * Make a tenant as its settings say. Without `plan`, only say what that would change; with it, change exactly what that
   * plan was, or nothing.
   */
  z.strictObject({ sax: z.literal('tenant-settings-write'), settings: tenantSettings, plan: z.string().optional() }),
])
export type SettingsEvent = z.output<typeof settingsEvents>

/** One difference between a stage and what is wanted of it. */
export const settingsChange = z.object({
  change: z.enum(['add', 'change', 'remove']),
  /** For people: names practices and numbers of a practice, and staff by their number alone. */
  what: z.string(),
})
export type SettingsChange = z.output<typeof settingsChange>

/** What the migrations function answers to `tenant-settings-read`. Null: there is no such tenant. */
export const tenantSettingsAnswer = z.object({ settings: tenantSettings.nullable() })

/** What it answers to `numbers-read`. */
export const numbersAnswer = z.object({
  numbers: z.array(
    z.object({
      phone: z.string(),
      tenant: z.string(),
      practice: z.string(),
      messagingServiceSid: z.string().nullable(),
    }),
  ),
  /** Texts wait until a practice has the number. Nothing of who wrote them, or what. */
  wanted: z.array(z.object({ phone: z.string(), texts: z.int(), since: z.iso.datetime() })),
})
export type NumbersAnswer = z.output<typeof numbersAnswer>

/** What it answers to `tenant-settings-write`. */
export const settingsWrittenAnswer = z.discriminatedUnion('kind', [
  /** It would be changed so, or was. `plan` names these changes and no others. */
  z.object({ kind: z.literal('planned'), plan: z.string(), changes: z.array(settingsChange) }),
  z.object({ kind: z.literal('written'), plan: z.string(), changes: z.array(settingsChange) }),
  /** Nothing was changed, for the reasons told, a sentence each. */
  z.object({ kind: z.literal('refused'), reasons: z.array(z.string()).min(1) }),
])
export type SettingsWrittenAnswer = z.output<typeof settingsWrittenAnswer>

interface Contradiction {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What no single field shows. */
function contradictions({
  tenant,
  practices,
  people,
  templateCategories,
}: {
  readonly tenant: { readonly id: string }
  readonly practices: readonly PracticeSettings[]
  readonly people: readonly PersonSettings[]
  readonly templateCategories: readonly { readonly slug: string }[]
}): readonly Contradiction[] {
  const known = new Set(practices.map(({ id }) => id))
  return [
    ...(verificationTenants.some(({ id }) => id === tenant.id)
      ? [{ path: ['tenant', 'id'], message: 'is a tenant of verification, which releases look after' }]
      : []),
    ...twice(practices.map(({ id }, at) => ({ key: id, path: ['practices', at, 'id'] }))),
    ...twice(
      practices.flatMap(({ senders }, at) =>
        senders.map((one, index) => ({ key: one.phone, path: ['practices', at, 'senders', index, 'phone'] })),
      ),
    ),
    ...practices.flatMap(({ openingHours: hours }, at) => overlapping(hours, ['practices', at, 'openingHours'])),
    ...twice(templateCategories.map(({ slug }, at) => ({ key: slug, path: ['templateCategories', at, 'slug'] }))),
    ...twice(people.map(({ saxId }, at) => ({ key: String(saxId), path: ['people', at, 'saxId'] }))),
    ...people.flatMap(({ roles }, at) =>
      roles.flatMap(({ practice: of }, index) =>
        of === undefined || known.has(of)
          ? []
          : [{ path: ['people', at, 'roles', index, 'practice'], message: 'is none of the practices above' }],
      ),
    ),
  ]
}

function twice(
  all: readonly { readonly key: string; readonly path: readonly (string | number)[] }[],
): readonly Contradiction[] {
  const seen = new Set<string>()
  return all.flatMap(({ key, path }) => {
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew ? [] : [{ path, message: 'stands there twice' }]
  })
}

function overlapping(
  hours: PracticeSettings['openingHours'],
  path: readonly (string | number)[],
): readonly Contradiction[] {
  const spans = hours
    .flatMap(({ weekdays, opens, closes }) => [...new Set(weekdays)].map((weekday) => ({ weekday, opens, closes })))
    .toSorted((a, b) => a.weekday - b.weekday || a.opens.localeCompare(b.opens))
  const overlaps = spans.some(
    ({ weekday, opens }, at) => spans[at - 1]?.weekday === weekday && opens < (spans[at - 1]?.closes ?? ''),
  )
  return overlaps ? [{ path, message: 'has hours of one day that overlap' }] : []
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
