import type * as z from 'zod'
import type { accessReport, accessReportQuery } from './access-report.ts'
import type { changes, changesQuery } from './changes.ts'
import type {
  AssignConversation,
  CheckDuplicate,
  CreateConversation,
  conversationList,
  conversationListQuery,
  conversationOne,
  conversationScreen,
  duplicateOne,
  MarkRead,
  presenceList,
  SetConsent,
  SetPatients,
  SetPresence,
  UpdateConversation,
} from './conversations.ts'
import type { EndpointName } from './endpoints.ts'
import type { healthOne } from './health.ts'
import type {
  CreateNote,
  messageList,
  messageListQuery,
  messageOne,
  noteOne,
  SendMessage,
  uploadOne,
} from './messages.ts'
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
  getAccessReport: { params: Id; query: Query<typeof accessReportQuery>; answer: z.infer<typeof accessReport> }
  listConversations: { query: Query<typeof conversationListQuery>; answer: z.infer<typeof conversationList> }
  createConversation: { body: CreateConversation; answer: z.infer<typeof conversationOne> }
  checkDuplicateConversation: { body: CheckDuplicate; answer: z.infer<typeof duplicateOne> }
  getConversation: { params: Id; answer: z.infer<typeof conversationScreen> }
  updateConversation: { params: Id; body: UpdateConversation; answer: z.infer<typeof conversationOne> }
  assignConversation: { params: Id; body: AssignConversation; answer: z.infer<typeof conversationOne> }
  claimConversation: { params: Id; answer: z.infer<typeof conversationOne> }
  releaseConversation: { params: Id; answer: z.infer<typeof conversationOne> }
  markConversationRead: { params: Id; body: MarkRead; answer: z.infer<typeof conversationOne> }
  markConversationUnread: { params: Id; answer: z.infer<typeof conversationOne> }
  setConversationPatients: { params: Id; body: SetPatients; answer: z.infer<typeof conversationOne> }
  setConversationConsent: { params: Id; body: SetConsent; answer: z.infer<typeof conversationOne> }
  setPresence: { params: Id; body: SetPresence; answer: z.infer<typeof presenceList> }
  createNote: { params: Id; body: CreateNote; answer: z.infer<typeof noteOne> }
  listMessages: { params: Id; query: Query<typeof messageListQuery>; answer: z.infer<typeof messageList> }
  sendMessage: { params: Id; body: SendMessage; answer: z.infer<typeof messageOne> }
  getMessage: { params: Id; answer: z.infer<typeof messageOne> }
  retryMessage: { params: Id; answer: z.infer<typeof messageOne> }
  cancelMessage: { params: Id; answer: z.infer<typeof messageOne> }
  sendMessageNow: { params: Id; answer: z.infer<typeof messageOne> }
  uploadMedia: { params: Id; body: Blob; answer: z.infer<typeof uploadOne> }
  getMedia: { params: Id; answer: Blob }
  /** Undefined: nothing has changed (204). */
  listChanges: { query: Query<typeof changesQuery>; answer: z.infer<typeof changes> | undefined }
  listPractices: { answer: z.infer<typeof practiceList> }
  getHealth: { answer: z.infer<typeof healthOne> }
}
