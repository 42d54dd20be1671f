import * as z from 'zod'
import { flag, identifier, listOf, one, pageQuery, typedText } from './list.ts'

/** Longest content of a template. @source Twilio Messages API: Body holds up to 1,600 characters */
const CONTENT_LENGTH = 1600

export const template = z.object({
  id: identifier,
  tenantId: identifier,
  /** Null: for every practice of the tenant. */
  practiceId: identifier.nullable(),
  /** Null: shared. Otherwise the only person who sees it. */
  ownerSaxId: z.int().nullable(),
  name: z.string().max(100),
  /** Slug of a template category. */
  category: z.string(),
  content: z.string().max(CONTENT_LENGTH),
  /** Names of the `{{variables}}`, in order of first appearance. */
  variables: z.array(z.string()),
  /** Uses by everybody. */
  usageCount: z.int().min(0),
  /** Uses by the person who asks; the favourites are sorted by it. */
  myUsageCount: z.int().min(0),
  /** Grows by one with each change; send back the one you read. */
  version: z.int().min(1),
  /** Display name of who changed it last, null when unknown. */
  updatedByName: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  archivedAt: z.iso.datetime().nullable(),
  /** Whether the person who asks may change or archive it. */
  canEdit: z.boolean(),
})
export type Template = z.infer<typeof template>

/** Who sees a template: its author, the practice, or every practice of the tenant. */
export const templateScope = z.enum(['private', 'practice', 'tenant'])
export type TemplateScope = z.infer<typeof templateScope>

export const templateListQuery = z.object({
  ...pageQuery,
  /** Matches name and content, case and accents ignored. */
  search: z.string().trim().max(100).optional(),
  category: z.string().max(50).optional(),
  scope: z.enum(['all', 'shared', 'private']).default('all'),
  archived: flag.default(false),
  sort: z.enum(['name', 'usage', 'updated']).default('name'),
})

export const createTemplateBody = z.object({
  name: typedText(100),
  category: typedText(50),
  content: z.string().min(1).max(CONTENT_LENGTH),
  scope: templateScope,
})
export type CreateTemplate = z.infer<typeof createTemplateBody>

/** A change to a template. `version` is the one that was read; 409 `VERSION_CONFLICT` when it is no longer the stored one. */
export const updateTemplateBody = z.object({
  version: z.int().min(1),
  name: typedText(100).optional(),
  category: typedText(50).optional(),
  content: z.string().min(1).max(CONTENT_LENGTH).optional(),
  scope: templateScope.optional(),
  /** `false` brings an archived template back. */
  archived: z.boolean().optional(),
})
export type UpdateTemplate = z.infer<typeof updateTemplateBody>

export const renderTemplateBody = z.object({
  /** Fills the patient's variables; the view is audited. */
  patientId: identifier.optional(),
  /** Where it will be sent: in the name of its practice, also while nobody is known to be behind the number. */
  conversationId: identifier.optional(),
  /** Values given by hand; they win over what the product knows. */
  values: z.record(z.string(), z.string().max(500)).default({}),
})
export type RenderTemplate = z.input<typeof renderTemplateBody>

export const renderedTemplate = z.object({
  /** As long as it came out. What is said of its size is of its first 8,000 characters: 1,600 can be sent. */
  text: z.string(),
  /** Variables that have no value; they stay as `{{name}}` in `text`. */
  missing: z.array(z.string()),
  encoding: z.enum(['GSM-7', 'UCS-2']),
  segmentCount: z.int().min(0),
  unitCount: z.int().min(0),
})
export type Rendered = z.infer<typeof renderedTemplate>

export const templateCategory = z.object({
  slug: z.string(),
  name: z.string(),
  position: z.int(),
  /** Templates of this category that the person who asks can see and that are not archived. */
  templateCount: z.int().min(0),
})
export type TemplateCategory = z.infer<typeof templateCategory>

export const templateList = listOf(template)
export const templateOne = one(template)
export const renderedOne = one(renderedTemplate)
export const usageOne = one(z.object({ usageCount: z.int(), myUsageCount: z.int() }))
export const categoryList = listOf(templateCategory)
