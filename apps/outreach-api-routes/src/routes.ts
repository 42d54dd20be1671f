import type { EndpointName } from '@sax/api-contract'

/** One API route of the zone: which endpoint it carries, and the word its log lines begin with. */
export interface Route {
  readonly endpoint: EndpointName
  readonly log: `${string} API`
}

/**
 * The zone's API routes, one by one. There is no catch-all: a path that is not here is answered 404 and reaches
 * nobody. Method, path and auth class come from the endpoint.
 */
export const routes: readonly Route[] = [
  { endpoint: 'listTemplates', log: 'TEMPLATES API' },
  { endpoint: 'createTemplate', log: 'TEMPLATES API' },
  { endpoint: 'listFrequentTemplates', log: 'TEMPLATES API' },
  { endpoint: 'getTemplate', log: 'TEMPLATES API' },
  { endpoint: 'updateTemplate', log: 'TEMPLATES API' },
  { endpoint: 'archiveTemplate', log: 'TEMPLATES API' },
  { endpoint: 'renderTemplate', log: 'TEMPLATES API' },
  { endpoint: 'recordTemplateUsage', log: 'TEMPLATES API' },
  { endpoint: 'listTemplateCategories', log: 'TEMPLATES API' },
  { endpoint: 'listPatients', log: 'PATIENTS API' },
  { endpoint: 'getPatient', log: 'PATIENTS API' },
  { endpoint: 'getAccessReport', log: 'PATIENTS API' },
  { endpoint: 'listConversations', log: 'CONVERSATIONS API' },
  { endpoint: 'createConversation', log: 'CONVERSATIONS API' },
  { endpoint: 'checkDuplicateConversation', log: 'CONVERSATIONS API' },
  { endpoint: 'getConversation', log: 'CONVERSATIONS API' },
  { endpoint: 'updateConversation', log: 'CONVERSATIONS API' },
  { endpoint: 'assignConversation', log: 'CONVERSATIONS API' },
  { endpoint: 'claimConversation', log: 'CONVERSATIONS API' },
  { endpoint: 'releaseConversation', log: 'CONVERSATIONS API' },
  { endpoint: 'markConversationRead', log: 'CONVERSATIONS API' },
  { endpoint: 'markConversationUnread', log: 'CONVERSATIONS API' },
  { endpoint: 'setConversationPatients', log: 'CONVERSATIONS API' },
  { endpoint: 'setConversationConsent', log: 'CONVERSATIONS API' },
  { endpoint: 'setPresence', log: 'CONVERSATIONS API' },
  { endpoint: 'createNote', log: 'CONVERSATIONS API' },
  { endpoint: 'listMessages', log: 'MESSAGES API' },
  { endpoint: 'sendMessage', log: 'MESSAGES API' },
  { endpoint: 'getMessage', log: 'MESSAGES API' },
  { endpoint: 'retryMessage', log: 'MESSAGES API' },
  { endpoint: 'cancelMessage', log: 'MESSAGES API' },
  { endpoint: 'sendMessageNow', log: 'MESSAGES API' },
  { endpoint: 'uploadMedia', log: 'MEDIA API' },
  { endpoint: 'getMedia', log: 'MEDIA API' },
  { endpoint: 'listChanges', log: 'CHANGES API' },
  { endpoint: 'listPractices', log: 'PRACTICES API' },
]
