import type * as z from 'zod'
import type { EndpointName } from './endpoints.ts'
import type { healthOne } from './health.ts'
import type { patientList, patientListQuery, patientOne } from './patients.ts'
import type { practiceList } from './practices.ts'
import type {
  CreateTemplate,
  categoryList,
  RenderTemplate,
  renderedOne,
  templateList,
  templateListQuery,
  templateOne,
  UpdateTemplate,
  usageOne,
} from './templates.ts'

type Id = { readonly id: string }
type Query<T extends z.ZodType> = Partial<Record<keyof z.input<T>, string | number | boolean | undefined>>

/** What each endpoint takes and answers on success. */
export interface EndpointTypes
  extends Record<EndpointName, { params?: Id; query?: object; body?: object; answer: unknown }> {
  listTemplates: { query: Query<typeof templateListQuery>; answer: z.infer<typeof templateList> }
  createTemplate: { body: CreateTemplate; answer: z.infer<typeof templateOne> }
  listFrequentTemplates: { query: { limit?: number }; answer: z.infer<typeof templateList> }
  getTemplate: { params: Id; answer: z.infer<typeof templateOne> }
  updateTemplate: { params: Id; body: UpdateTemplate; answer: z.infer<typeof templateOne> }
  archiveTemplate: { params: Id; answer: z.infer<typeof templateOne> }
  renderTemplate: { params: Id; body: RenderTemplate; answer: z.infer<typeof renderedOne> }
  recordTemplateUsage: { params: Id; answer: z.infer<typeof usageOne> }
  listTemplateCategories: { answer: z.infer<typeof categoryList> }
  listPatients: { query: Query<typeof patientListQuery>; answer: z.infer<typeof patientList> }
  getPatient: { params: Id; answer: z.infer<typeof patientOne> }
  listPractices: { answer: z.infer<typeof practiceList> }
  getHealth: { answer: z.infer<typeof healthOne> }
}
