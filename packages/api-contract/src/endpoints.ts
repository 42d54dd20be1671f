/** Who may call an endpoint. `user`: the bearer of a verified user context. `public`: anyone. */
export type AuthClass = 'user' | 'public'

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the API's base, in OpenAPI's notation: `/templates/{id}`. */
  readonly path: `/${string}`
  readonly auth: AuthClass
  /** True when a POST honours `Idempotency-Key`. */
  readonly idempotent?: true
  /** Its success is a file and no JSON. Where there is much of it, `Range: bytes=first-last` asks for a part. */
  readonly answers?: 'file'
  /** Its body is a file, whose type is its `content-type`, and no JSON. */
  readonly takes?: 'file'
}

/**
 * Every endpoint of the Outreach API, one by one. The backend implements them, the zone's API routes carry them and
 * the browser's client calls them; none has a route that is not here.
 */
export const endpoints = {
  listTemplates: { method: 'GET', path: '/templates', auth: 'user' },
  createTemplate: { method: 'POST', path: '/templates', auth: 'user', idempotent: true },
  listFrequentTemplates: { method: 'GET', path: '/templates/frequent', auth: 'user' },
  getTemplate: { method: 'GET', path: '/templates/{id}', auth: 'user' },
  updateTemplate: { method: 'PATCH', path: '/templates/{id}', auth: 'user' },
  archiveTemplate: { method: 'DELETE', path: '/templates/{id}', auth: 'user' },
  renderTemplate: { method: 'POST', path: '/templates/{id}/render', auth: 'user' },
  recordTemplateUsage: { method: 'POST', path: '/templates/{id}/usage', auth: 'user', idempotent: true },
  listTemplateCategories: { method: 'GET', path: '/template-categories', auth: 'user' },
  listPatients: { method: 'GET', path: '/patients', auth: 'user' },
  getPatient: { method: 'GET', path: '/patients/{id}', auth: 'user' },
  getAccessReport: { method: 'GET', path: '/patients/{id}/access-report', auth: 'user' },
  listConversations: { method: 'GET', path: '/conversations', auth: 'user' },
  createConversation: { method: 'POST', path: '/conversations', auth: 'user', idempotent: true },
  checkDuplicateConversation: { method: 'POST', path: '/conversations/check-duplicate', auth: 'user' },
  getConversation: { method: 'GET', path: '/conversations/{id}', auth: 'user' },
  updateConversation: { method: 'PATCH', path: '/conversations/{id}', auth: 'user' },
  assignConversation: { method: 'POST', path: '/conversations/{id}/assign', auth: 'user' },
  claimConversation: { method: 'POST', path: '/conversations/{id}/claim', auth: 'user' },
  releaseConversation: { method: 'DELETE', path: '/conversations/{id}/claim', auth: 'user' },
  markConversationRead: { method: 'POST', path: '/conversations/{id}/read', auth: 'user' },
  markConversationUnread: { method: 'DELETE', path: '/conversations/{id}/read', auth: 'user' },
  setConversationPatients: { method: 'PATCH', path: '/conversations/{id}/patient', auth: 'user' },
  setConversationConsent: { method: 'POST', path: '/conversations/{id}/consent', auth: 'user' },
  setPresence: { method: 'POST', path: '/conversations/{id}/presence', auth: 'user' },
  createNote: { method: 'POST', path: '/conversations/{id}/notes', auth: 'user', idempotent: true },
  listMessages: { method: 'GET', path: '/conversations/{id}/messages', auth: 'user' },
  /** Repeatable by the `clientId` in its body. */
  sendMessage: { method: 'POST', path: '/conversations/{id}/messages', auth: 'user' },
  getMessage: { method: 'GET', path: '/messages/{id}', auth: 'user' },
  retryMessage: { method: 'POST', path: '/messages/{id}/retry', auth: 'user' },
  /** Of a message that waits for its time or was given up: it will not be sent. */
  cancelMessage: { method: 'POST', path: '/messages/{id}/cancel', auth: 'user' },
  /** Of a message that waits for its time. */
  sendMessageNow: { method: 'POST', path: '/messages/{id}/send-now', auth: 'user' },
  uploadMedia: { method: 'POST', path: '/conversations/{id}/media', auth: 'user', takes: 'file' },
  getMedia: { method: 'GET', path: '/media/{id}', auth: 'user', answers: 'file' },
  listChanges: { method: 'GET', path: '/changes', auth: 'user' },
  listPractices: { method: 'GET', path: '/practices', auth: 'user' },
  getHealth: { method: 'GET', path: '/health', auth: 'public' },
} as const satisfies Record<string, Endpoint>

export type EndpointName = keyof typeof endpoints

/** Whether a request, whose `path` lies below the API's base, brings a file: its body may be longer than any other. */
export function takesFile(method: string, path: string): boolean {
  return Object.values<Endpoint>(endpoints).some((one) => {
    if (one.takes !== 'file' || one.method !== method) return false
    const [before = '', after = ''] = one.path.split('{id}')
    const id = path.slice(before.length, path.length - after.length)
    return path === before + id + after && id !== '' && !id.includes('/')
  })
}
